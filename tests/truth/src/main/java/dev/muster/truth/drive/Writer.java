package dev.muster.truth.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.truth.check.OwnWrite;
import dev.muster.truth.history.Place;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.PatchRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.ScaleRequest;
import dev.muster.v1.SuspendRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Carries out decisions, through the daemon or behind its back. */
final class Writer {
  /** There is none, or one already, or somebody else changed it in between. */
  private static final Set<Integer> PART_OF_THE_GAME = Set.of(404, 409);

  private final Daemon daemon;
  private final ApiServer server;
  private final Log log;
  private final List<String> namespaces;

  Writer(Daemon daemon, ApiServer server, Log log, List<String> namespaces) {
    this.daemon = daemon;
    this.server = server;
    this.log = log;
    this.namespaces = namespaces;
  }

  /** Whether it was done, and not refused. */
  boolean write(Decision decision) throws IOException, InterruptedException {
    String namespace = namespaces.get(decision.namespace());
    String how = decision.own() ? "writes through the daemon" : "writes behind its back";
    try {
      if (decision.what() == Decision.What.REPLACE) {
        clear(decision, namespace);
      }
      if (decision.own()) {
        through(decision, namespace);
      } else {
        behind(decision, namespace);
      }
      log.count(how + ": done");
      return true;
    } catch (StatusRuntimeException e) {
      switch (e.getStatus().getCode()) {
        case NOT_FOUND, ALREADY_EXISTS, ABORTED -> log.count(how + ": refused");
        default -> log.trouble(decision + ": " + e.getStatus());
      }
    } catch (ApiServer.Refused e) {
      if (PART_OF_THE_GAME.contains(e.code())) {
        log.count(how + ": refused");
      } else {
        log.trouble(decision + ": " + e.getMessage());
      }
    }
    return false;
  }

  private void through(Decision decision, String namespace) {
    Resource row =
        switch (decision.what()) {
          case CREATE, REPLACE ->
              daemon
                  .work()
                  .create(
                      CreateRequest.newBuilder()
                          .setCaller(daemon.caller())
                          .setTarget(Daemon.target(namespace))
                          .setKind(Daemon.KIND)
                          .setManifestYaml(
                              Manifest.of(namespace, decision.name(), decision.value()).toString())
                          .build())
                  .getResource();
          case LABEL, ANNOTATE ->
              daemon
                  .work()
                  .patch(
                      PatchRequest.newBuilder()
                          .setCaller(daemon.caller())
                          .setTarget(Daemon.target(namespace))
                          .setKind(Daemon.KIND)
                          .setName(decision.name())
                          .setPatch(patch(decision).toString())
                          .build())
                  .getResource();
          case SCALE ->
              daemon
                  .work()
                  .scale(
                      ScaleRequest.newBuilder()
                          .setCaller(daemon.caller())
                          .setTarget(Daemon.target(namespace))
                          .setKind(Daemon.KIND)
                          .setName(decision.name())
                          .setReplicas(decision.value())
                          .build())
                  .getResource();
          case SUSPEND, RESUME ->
              daemon
                  .work()
                  .suspend(
                      SuspendRequest.newBuilder()
                          .setCaller(daemon.caller())
                          .setTarget(Daemon.target(namespace))
                          .setKind(Daemon.KIND)
                          .setName(decision.name())
                          .setSuspended(decision.what() == Decision.What.SUSPEND)
                          .build())
                  .getResource();
          case DELETE ->
              daemon
                  .work()
                  .delete(
                      DeleteRequest.newBuilder()
                          .setCaller(daemon.caller())
                          .setTarget(Daemon.target(namespace))
                          .setKind(Daemon.KIND)
                          .setName(decision.name())
                          .build())
                  .getResource();
        };
    long acknowledged = Now.micros();
    // A deletion answers with how it was before.
    long number = decision.what() == Decision.What.DELETE ? -1 : Long.parseLong(row.getVersion());
    log.add(
        new OwnWrite(new Place(namespace, decision.name()), row.getUid(), number, acknowledged));
  }

  /** So that a watch has still to tell of the old one when the new one is there. */
  private void clear(Decision decision, String namespace) throws IOException, InterruptedException {
    String one = "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters/" + decision.name();
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    patch.putObject("metadata").putObject("labels").put("truth", "last" + decision.value());
    server.patch(one, "merge", patch);
    server.delete(one, ApiServer.JSON.createObjectNode().put("propagationPolicy", "Background"));
  }

  private void behind(Decision decision, String namespace)
      throws IOException, InterruptedException {
    String all = "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters";
    String one = all + "/" + decision.name();
    switch (decision.what()) {
      case CREATE, REPLACE ->
          server.post(all, Manifest.of(namespace, decision.name(), decision.value()));
      case SCALE -> server.patch(one, "json", patch(decision));
      case DELETE -> {
        ObjectNode options = ApiServer.JSON.createObjectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.put("propagationPolicy", decision.value() == 0 ? "Foreground" : "Background");
        server.delete(one, options);
      }
      default -> server.patch(one, "merge", patch(decision));
    }
  }

  private static JsonNode patch(Decision decision) {
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    switch (decision.what()) {
      case LABEL ->
          patch.putObject("metadata").putObject("labels").put("truth", "v" + decision.value());
      case ANNOTATE ->
          patch.putObject("metadata").putObject("annotations").put("truth", "v" + decision.value());
      case SUSPEND, RESUME ->
          patch.putObject("spec").put("suspend", decision.what() == Decision.What.SUSPEND);
      case SCALE -> {
        patch.put("op", "replace").put("path", "/spec/workerGroupSpecs/0/replicas");
        return ApiServer.JSON.createArrayNode().add(patch.put("value", decision.value()));
      }
      default -> throw new IllegalArgumentException(decision.what() + " is no patch");
    }
    return patch;
  }
}
