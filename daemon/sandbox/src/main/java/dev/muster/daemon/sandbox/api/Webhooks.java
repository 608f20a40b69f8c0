package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;
import java.util.Locale;

/** All operators' webhooks, in order; the first that refuses ends it. */
record Webhooks(List<Webhook> all) {

  void mutate(ResourceType type, ObjectNode created, User by) {
    all.forEach(webhook -> webhook.mutate(type, created, by));
  }

  void review(ResourceType type, JsonNode object, JsonNode before, User by) {
    for (Webhook webhook : all) {
      List<Cause> causes = webhook.review(type, object, before, by);
      if (!causes.isEmpty()) {
        throw Failures.denied("v" + type.kind().toLowerCase(Locale.ROOT) + ".kb.io", causes);
      }
    }
  }
}
