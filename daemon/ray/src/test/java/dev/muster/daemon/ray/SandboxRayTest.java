package dev.muster.daemon.ray;

import dev.muster.daemon.sandbox.net.Relay;
import dev.muster.daemon.sandbox.ray.RayDashboard;
import dev.muster.daemon.sandbox.ray.RayDashboardOptions;
import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SandboxRayTest extends RayJobsContract {
  /** How much faster than a real one what takes Ray time goes here. */
  private static final int FASTER = 20;

  @TempDir Path state;

  private RayDashboard dashboard;
  private Relay relay;

  @Override
  URI dashboard() throws IOException {
    dashboard =
        RayDashboard.start(
            RayDashboardOptions.in(state.resolve("ray")).withPace(real -> real.dividedBy(FASTER)),
            UnixDomainSocketAddress.of(state.resolve("ray.sock")));
    relay = Relay.to(dashboard.address());
    return URI.create("http://127.0.0.1:" + relay.port());
  }

  @Override
  void close() {
    relay.close();
    dashboard.close();
  }
}
