package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.clients.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the server's definition of AppWrapper away for as long as it runs, and so means nothing
 * beside an operator of it.
 */
@EnabledIfSystemProperty(named = RealServer.KUBECONFIG, matches = ".+")
class RealServerOlderWrapperTest extends OlderWrapperContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String NEWEST = CRDS + "/appwrappers.workload.codeflare.dev";

  private Rig rig;
  private RealServer server;
  private ObjectNode newest;
  private String older = "";
  private String namespace = "";

  @BeforeEach
  void connect() {
    rig = new Rig(directory.resolve("server"));
    server = new RealServer(rig, directory);
    newest = (ObjectNode) server.api().get(NEWEST);
    newest.remove("status");
    newest
        .withObjectProperty("metadata")
        .remove(List.of("resourceVersion", "uid", "creationTimestamp", "generation"));
    remove(NEWEST);
  }

  @AfterEach
  void putBack() {
    server.deleteNamespace(namespace);
    remove(CRDS + "/" + older);
    server.api().call("POST", CRDS, newest);
    server.close();
    rig.close();
  }

  @Override
  Path kubeconfig() {
    return RealServer.kubeconfig();
  }

  @Override
  String newNamespace() {
    namespace = server.newNamespace();
    return namespace;
  }

  @Override
  void serveOnly(String group, String version) {
    older = "appwrappers." + group;
    server.api().call("POST", CRDS, definition(group, version));
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> server.api().get("/apis/%s/%s/appwrappers".formatted(group, version)) != null);
  }

  /**
   * MCAD's own, of its last release. Its first releases called the group mcad.ibm.com, and the kind
   * was the same.
   */
  private static JsonNode definition(String group, String version) {
    Path file =
        RealServer.kubeconfig()
            .resolveSibling("../crds/mcad/workload.codeflare.dev_appwrappers.yaml")
            .normalize();
    try {
      String yaml = Files.readString(file).replace("workload.codeflare.dev", group);
      JsonNode definition = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), file.toString());
      assertThat(definition.at("/spec/versions/0/name").asText()).isEqualTo(version);
      return definition;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(String path) {
    server.api().call("DELETE", path, null);
    await().atMost(LONG).until(() -> isGone(path));
  }

  private boolean isGone(String path) {
    try {
      server.api().get(path);
      return false;
    } catch (ApiException e) {
      return e.code() == 404;
    }
  }
}
