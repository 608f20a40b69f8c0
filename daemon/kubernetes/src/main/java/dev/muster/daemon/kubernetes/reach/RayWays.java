package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The ways to the dashboards of Ray clusters, found once and shared by everything that needs one. A
 * way that no longer leads there is found anew.
 */
public interface RayWays {
  /**
   * A way to a cluster's dashboard that leads there now.
   *
   * @param client the client of now, asked again when credentials are renewed
   * @param environment the caller's: RAY_AUTH_TOKEN, RAY_AUTH_TOKEN_PATH and CF_SDK_CA_CERT_PATH
   *     count; empty where there is no caller
   * @param cluster may be empty if there is an address
   * @param address that the user gave, tried instead of all others
   * @throws dev.muster.daemon.core.Failure NOT_FOUND if there is no such cluster; NO_ANSWER, naming
   *     each way that was tried and why it failed; USAGE if the address is none
   */
  RayEndpoint to(
      Supplier<ApiClient> client,
      Map<String, String> environment,
      String namespace,
      String cluster,
      RayAddress address);

  /** It did not answer: whoever asks next gets one that was tried anew. */
  void lost(RayEndpoint endpoint);
}
