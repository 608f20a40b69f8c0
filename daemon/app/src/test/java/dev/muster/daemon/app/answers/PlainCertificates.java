package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ClientCertificates;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One certificate that is good, and one that has expired. */
final class PlainCertificates implements ClientCertificates {
  private static final Kept OLD = new Kept("old", "default", Path.of("/tls/old"), null, true);

  @Override
  public Ready ready(Caller caller, Target target, String cluster, boolean anew, int days) {
    Instant ends = Instant.ofEpochMilli(1000L * days);
    Path directory = Path.of("/tls", cluster);
    return new Ready(
        new Kept(cluster, "default", directory, ends, false), Map.of("RAY_USE_TLS", "1"), anew);
  }

  @Override
  public List<Kept> kept(Caller caller) {
    return List.of(OLD);
  }

  @Override
  public List<Kept> forget(Caller caller, Target target, String cluster, boolean dryRun) {
    return List.of();
  }

  @Override
  public List<Kept> forgetExpired(Caller caller, boolean dryRun) {
    return List.of(OLD);
  }
}
