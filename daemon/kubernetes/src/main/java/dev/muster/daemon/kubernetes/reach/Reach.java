package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Reaching;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.operations.Dashboards;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ways to Ray clusters of Kubernetes. */
public final class Reach implements Reaching {
  /** Leads a request to its place. */
  public interface Locator {
    /** Where that request is aimed, with one namespace. */
    Place at(Caller caller, Target target);
  }

  /**
   * @param client the client of now, asked again when credentials are renewed
   */
  public record Place(Supplier<ApiClient> client, String namespace) {
    Clusters clusters() {
      return new Clusters(client.get(), namespace);
    }
  }

  private final Locator locator;
  private final Ways ways;
  private final Duration pause;
  private final RayCertificates certificates;

  /**
   * @param pause between two looks at whether the head pod is still the same
   * @param clock says which certificates have expired
   */
  public Reach(Locator locator, Ways ways, Duration pause, InstantSource clock) {
    this.locator = locator;
    this.ways = ways;
    this.pause = pause;
    this.certificates = new RayCertificates(locator, clock);
  }

  @Override
  public void forward(
      Caller caller,
      Target target,
      String kind,
      String name,
      List<Port> ports,
      ForwardListener listener,
      Cancellation cancellation) {
    Place place = locator.at(caller, target);
    // Says at once if there is no such thing; its cluster may come later.
    place.clusters().behind(kind, name);
    List<Port> wanted = ports.isEmpty() ? Forwarding.ports(kind) : ports;
    try (Forwarding forwarding = Forwarding.open(place, kind, name, wanted, listener)) {
      if (wanted.stream().anyMatch(port -> port.name().equals("client"))) {
        certificates.hint(place, name).ifPresent(listener::note);
      }
      forwarding.run(pause, cancellation);
    }
  }

  @Override
  public String dashboard(Caller caller, Target target, String kind, String name) {
    Place place = locator.at(caller, target);
    String cluster = place.clusters().behind(kind, name);
    Dashboards.Exposed exposed = Dashboards.exposed(place.client(), place.namespace(), cluster);
    if (exposed.url().isEmpty()) {
      throw none(place, cluster, exposed.trouble().replaceFirst("\\.$", ""));
    }
    HttpClient http = ways.outside(caller.environment());
    URI base = URI.create(exposed.url().replaceFirst("/+$", ""));
    Probe.Answer answer = Probe.of(http, base, Map.of());
    if (answer.result() == Probe.Result.NOTHING) {
      throw none(place, cluster, exposed.url() + " by " + exposed.by() + ": " + answer.why());
    }
    return exposed.url();
  }

  private static Failure none(Place place, String cluster, String why) {
    return new Failure(
        Failure.Kind.NO_ANSWER,
        "The dashboard of the RayCluster "
            + cluster
            + " in the namespace "
            + place.namespace()
            + " has no address of its own that can be reached: by an HTTPRoute, Route or Ingress: "
            + why
            + ".");
  }

  @Override
  public String token(Caller caller, Target target, String cluster) {
    Clusters clusters = locator.at(caller, target).clusters();
    JsonNode object = clusters.cluster(cluster);
    if (!Clusters.wantsToken(object)) {
      throw new Failure(
          Failure.Kind.NOT_FOUND,
          "The RayCluster " + cluster + " wants no token: its spec.authOptions.mode is not token.");
    }
    String token = clusters.token(cluster);
    if (token.isEmpty()) {
      throw new Failure(Failure.Kind.FAILED, "The Secret " + cluster + " has no auth_token in it.");
    }
    return token;
  }

  @Override
  public RayCertificates certificates() {
    return certificates;
  }

  @Override
  public int collectLogs(
      Caller caller,
      Target target,
      String kind,
      String name,
      String nodes,
      Path directory,
      Consumer<String> listener,
      Cancellation cancellation) {
    if (!List.of("all", "head", "worker").contains(nodes)) {
      throw Failure.usage("\"" + nodes + "\" are no nodes: name all, head or worker.");
    }
    Place place = locator.at(caller, target);
    String cluster = place.clusters().behind(kind, name);
    return new LogFiles(place, directory, listener, cancellation).collect(cluster, nodes);
  }
}
