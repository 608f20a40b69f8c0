package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = RealServer.KUBECONFIG, matches = ".+")
class RealServerReachTest extends ReachContract {
  private Rig rig;
  private RealServer server;

  @Override
  Path kubeconfig() {
    return RealServer.kubeconfig();
  }

  @Override
  Path viewer() {
    return kubeconfig().resolveSibling("viewer.kubeconfig");
  }

  @Override
  String newNamespace() {
    rig = new Rig(directory);
    server = new RealServer(rig, directory);
    return server.newNamespace();
  }

  /** Every pod's dashboard port leads to the Ray that tests/realservers/ray starts on 16265. */
  @Test
  @EnabledIfSystemProperty(named = "muster.contract.ray", matches = ".+")
  void a_port_forward_leads_to_real_ray() throws Exception {
    create();

    RayEndpoint endpoint =
        ways.to(() -> api(kubeconfig()), Map.of(), namespace, "demo", RayAddress.NONE);

    assertThat(endpoint.words()).isEqualTo("a port-forward to its head pod");
    URI version = URI.create(endpoint.base() + "/api/version");
    assertThat(
            endpoint
                .http()
                .send(HttpRequest.newBuilder(version).build(), HttpResponse.BodyHandlers.ofString())
                .body())
        .contains("ray_version");
  }

  @AfterEach
  void deleteNamespace() {
    server.deleteNamespace(namespace);
    server.close();
    rig.close();
  }
}
