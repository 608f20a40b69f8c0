package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;

/** An operator's admission webhooks: what it has the API server ask before a write. */
public interface Webhook {

  /** Changes a new object before it is validated. */
  void mutate(ResourceType type, ObjectNode created, User by);

  /**
   * What the operator has against an object.
   *
   * @param before the version that is being replaced, null on creation
   * @return empty when the object may be written
   */
  List<Cause> review(ResourceType type, JsonNode object, JsonNode before, User by);
}
