package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.kubernetes.clients.ApiClient;
import java.util.Map;
import java.util.function.Supplier;

/**
 * On whose behalf dashboards are asked.
 *
 * @param client the client of now, asked again when credentials are renewed
 * @param environment the caller's; it can hold a token for Ray
 */
public record Asker(Supplier<ApiClient> client, Map<String, String> environment) {
  public Asker {
    environment = Map.copyOf(environment);
  }

  /** Names no variable: they can hold secrets. */
  @Override
  public String toString() {
    return "Asker";
  }
}
