package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.util.List;
import java.util.Optional;

/** What applying a manifest would change, as the server itself says by a dry run. */
public final class Comparing {
  private static final int ATTEMPTS = 3;

  private final ApiClient client;
  private final Writing writing;

  Comparing(ApiClient client, Writing writing) {
    this.client = client;
    this.writing = writing;
  }

  /** A unified diff; empty when nothing would change. */
  public String diff(Wish wish) {
    Manifest manifest = wish.manifest();
    String place = wish.place(manifest);
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    Optional<ObjectNode> live = endpoint.find(place, manifest.name());
    JsonNode then = writing.apply(manifest, place, wish.origin(), true, true);
    // What somebody else changed between the two would look like our change.
    for (int i = 0; i < ATTEMPTS && live.isPresent() && !isOf(live.get(), then); i++) {
      live = endpoint.find(place, manifest.name());
      then = writing.apply(manifest, place, wish.origin(), true, true);
    }
    String what = manifest.resource().name() + "/" + manifest.name();
    return UnifiedDiff.of(
        live.isPresent() ? what + " on the server" : "/dev/null",
        what + " after apply",
        live.map(Comparing::lines).orElse(List.of()),
        lines(then));
  }

  /** A dry run answers with the version that it started from. */
  private static boolean isOf(JsonNode live, JsonNode then) {
    return Meta.version(live).equals(Meta.version(then));
  }

  /** Without what the server keeps the books with, and what only operators write. */
  private static List<String> lines(JsonNode object) {
    ObjectNode shown = object.deepCopy();
    shown.remove("status");
    if (shown.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(
          List.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"));
    }
    return Yaml.write(shown).lines().toList();
  }
}
