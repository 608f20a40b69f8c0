package dev.muster.daemon.kubernetes;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.clients.ApiException;
import java.nio.charset.StandardCharsets;
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
    server.api().call("POST", CRDS, outline(group, version));
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> server.api().get("/apis/%s/%s/appwrappers".formatted(group, version)) != null);
  }

  /** Nothing in it is checked or dropped. */
  private static JsonNode outline(String group, String version) {
    String yaml =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: appwrappers.%1$s
          annotations: {api-approved.kubernetes.io: unapproved}
        spec:
          group: %1$s
          scope: Namespaced
          names: {kind: AppWrapper, listKind: AppWrapperList, plural: appwrappers, singular: appwrapper}
          versions:
          - name: %2$s
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """
            .formatted(group, version);
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "a test");
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
