package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The API as others use it: operators, kubectl, and whoever else writes beside muster. */
final class Raw implements AutoCloseable {
  private final ApiClients clients =
      new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(5)));
  final ApiClient api;

  Raw(Rig rig, Path kubeconfig) {
    Path none = rig.directory.resolve("none");
    Contexts contexts = new Contexts(none, new InCluster(none, Map.of()));
    api = clients.get(contexts.resolve(rig.caller(kubeconfig), Target.DEFAULT));
  }

  void merge(String path, String yaml) {
    send(path, "application/merge-patch+json", yaml);
  }

  void apply(String path, String yaml) {
    send(path, "application/apply-patch+yaml", yaml);
  }

  private void send(String path, String type, String yaml) {
    api.call("PATCH", path, type, Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "a test"));
  }

  @Override
  public void close() {
    clients.close();
  }
}
