package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Reaching.ForwardListener;
import dev.muster.daemon.core.Reaching.Port;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayservice.RayServiceRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine that are held open to the head pod of a cluster, over its replacements. */
final class Forwarding implements AutoCloseable {
  private static final Port DASHBOARD = new Port("dashboard", 8265, 0);

  private final Reach.Place place;
  private final String kind;
  private final String name;
  private final ForwardListener listener;
  private final List<PodTunnel> tunnels = new ArrayList<>();

  private Forwarding(Reach.Place place, String kind, String name, ForwardListener listener) {
    this.place = place;
    this.kind = kind;
    this.name = name;
    this.listener = listener;
  }

  /** Those that a kind has. */
  static List<Port> ports(String kind) {
    return switch (kind) {
      case RayClusterRow.KIND -> List.of(DASHBOARD, new Port("client", 10001, 0));
      case RayServiceRow.KIND -> List.of(DASHBOARD, new Port("serve", 8000, 0));
      default -> List.of(DASHBOARD);
    };
  }

  /**
   * Opens them, and tells the listener.
   *
   * @throws Failure USAGE if a port that was asked for is taken; else why the pod cannot be reached
   */
  static Forwarding open(
      Reach.Place place, String kind, String name, List<Port> ports, ForwardListener listener) {
    Forwarding forwarding = new Forwarding(place, kind, name, listener);
    try {
      List<Port> open = new ArrayList<>();
      for (Port port : ports) {
        PodTunnel tunnel = forwarding.listen(port);
        open.add(new Port(port.name(), port.remote(), tunnel.port()));
      }
      String pod = forwarding.pod(place.client().get());
      forwarding.tunnels.getFirst().connect().close();
      listener.open(open, "a port-forward to the head pod " + pod);
      return forwarding;
    } catch (RuntimeException e) {
      forwarding.close();
      throw e;
    }
  }

  private PodTunnel listen(Port port) {
    boolean any = port.local() == 0;
    PodTunnel tunnel;
    try {
      tunnel = listen(port.remote(), any ? port.remote() : port.local());
    } catch (IOException taken) {
      if (!any) {
        throw new Failure(
            Failure.Kind.USAGE,
            "Port " + port.local() + " of this machine is taken; name another with --port.",
            taken);
      }
      tunnel = onAny(port.remote());
    }
    tunnels.add(tunnel);
    return tunnel;
  }

  private PodTunnel onAny(int remote) {
    try {
      return listen(remote, 0);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.FAILED, "This machine has no free port.", e);
    }
  }

  private PodTunnel listen(int remote, int local) throws IOException {
    return PodTunnel.open(
        place.client(), place.namespace(), this::pod, remote, local, listener::changed);
  }

  private String pod(ApiClient client) {
    Clusters clusters = new Clusters(client, place.namespace());
    String cluster = clusters.behind(kind, name);
    try {
      return clusters.head(cluster);
    } catch (Failure failure) {
      throw failure.kind() == Failure.Kind.NO_ANSWER
          ? new Failure(
              failure.kind(),
              "The RayCluster "
                  + cluster
                  + " in the namespace "
                  + place.namespace()
                  + " cannot be reached: "
                  + failure.getMessage()
                  + ".",
              failure)
          : failure;
    }
  }

  /** Tells of each change, until it is cancelled. */
  void run(Duration pause, Cancellation cancellation) {
    String known = look("");
    while (cancellation.pause(pause)) {
      known = look(known);
    }
  }

  /** What is known is a pod's name, or the sentence why there is none. */
  private String look(String known) {
    String now;
    boolean found = false;
    try {
      now = pod(place.client().get());
      found = true;
    } catch (Failure failure) {
      now = failure.getMessage();
    }
    if (!known.isEmpty() && !known.equals(now)) {
      // What still hangs on the old pod is told by the cut, so that it connects anew.
      tunnels.forEach(PodTunnel::cut);
      listener.changed(found ? "Connected again, to the head pod " + now + "." : now);
    }
    return now;
  }

  @Override
  public void close() {
    tunnels.forEach(PodTunnel::close);
  }
}
