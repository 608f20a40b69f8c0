package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What must hold of the ways to dashboards on the stand-in and on a real server alike, where pods
 * may have no network.
 */
abstract class ReachContract extends ReachFixture {
  Failure failing(Path user, String cluster, String address) {
    return catchThrowableOfType(
        Failure.class,
        () -> ways.to(() -> api(user), Map.of(), namespace, cluster, RayAddress.at(address)));
  }

  @Test
  void a_cluster_that_is_not_there_is_not_found() throws Exception {
    assertThat(failing(kubeconfig(), "demo", ""))
        .hasMessage("There is no RayCluster demo in the namespace " + namespace + ".")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
    assertThat(failing(kubeconfig(), "../demo", ""))
        .hasMessage("\"../demo\" is not the name of a RayCluster.");
  }

  @Test
  void a_way_leads_to_ray_or_each_is_named_with_its_reason() throws Exception {
    create();
    try {
      RayEndpoint endpoint =
          ways.to(() -> api(kubeconfig()), Map.of(), namespace, "demo", RayAddress.NONE);

      assertThat(endpoint.words())
          .isIn("the API server's service proxy", "a port-forward to its head pod");
    } catch (Failure failure) {
      assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
      assertThat(failure)
          .hasMessageStartingWith(
              "The dashboard of the RayCluster demo in the namespace "
                  + namespace
                  + " cannot be reached: by an HTTPRoute, Route or Ingress: not exposed; by the API"
                  + " server's service proxy: ")
          .hasMessageContaining("; by a port-forward to its head pod: ");
    }
  }

  @Test
  void an_address_is_tried_instead_of_all_others() throws Exception {
    assertThat(failing(kubeconfig(), "", "127.0.0.1:1"))
        .hasMessage("Ray's dashboard at http://127.0.0.1:1 cannot be reached: connection refused.");
    assertThat(failing(kubeconfig(), "", "ray://127.0.0.1:10001"))
        .hasMessage("The address of Ray's dashboard must look like http://HOST:8265.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
  }
}
