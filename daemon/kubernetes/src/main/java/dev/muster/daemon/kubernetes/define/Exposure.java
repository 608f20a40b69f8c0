package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.List;
import java.util.Optional;

/**
 * A way in to the Ray dashboard from outside, with TLS: an OpenShift Route, an Ingress or an
 * HTTPRoute of the Gateway API, called and labelled as those that look for it expect.
 */
final class Exposure {
  static final String OPTION = "expose";

  private static final String GATEWAY = "gateway";
  private static final String HOST = "host";
  private static final String SECRET = "tls-secret";

  private final Settings settings;
  private final String cluster;
  private final String namespace;

  /**
   * @param namespace empty: the context's
   */
  private Exposure(Settings settings, String cluster, String namespace) {
    this.settings = settings;
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** Empty if it is not asked for. */
  static Optional<ObjectNode> of(Settings settings, String cluster, String namespace) {
    Optional<String> kind = settings.text(OPTION);
    if (kind.isEmpty()) {
      for (String option : List.of(HOST, SECRET, GATEWAY)) {
        if (settings.has(option)) {
          throw Failure.usage("--" + option + " needs --expose.");
        }
      }
      return Optional.empty();
    }
    Exposure exposure = new Exposure(settings, cluster, namespace);
    return switch (kind.get()) {
      case "route" -> Optional.of(exposure.route());
      case "ingress" -> Optional.of(exposure.ingress());
      case "httproute" -> Optional.of(exposure.httpRoute());
      default -> {
        Settings.complain(OPTION, kind.get(), "is none of route, ingress and httproute");
        yield Optional.empty();
      }
    };
  }

  private ObjectNode route() {
    refuse(GATEWAY);
    ObjectNode route = object("route.openshift.io/v1", "Route");
    ObjectNode spec = route.putObject("spec");
    host().ifPresent(host -> spec.put("host", host));
    spec.putObject("to").put("kind", "Service").put("name", service()).put("weight", 100);
    spec.putObject("port").put("targetPort", "dashboard");
    ObjectNode tls = spec.putObject("tls").put("termination", "edge");
    tls.put("insecureEdgeTerminationPolicy", "Redirect");
    secret().ifPresent(name -> tls.putObject("externalCertificate").put("name", name));
    return route;
  }

  private ObjectNode ingress() {
    refuse(GATEWAY);
    String host =
        host()
            .orElseThrow(
                () ->
                    Failure.usage("--expose ingress needs --host: TLS is for the name of a host."));
    ObjectNode ingress = object("networking.k8s.io/v1", "Ingress");
    ObjectNode spec = ingress.putObject("spec");
    ObjectNode tls = spec.putArray("tls").addObject();
    tls.putArray("hosts").add(host);
    secret().ifPresent(name -> tls.put("secretName", name));
    ObjectNode rule = spec.putArray("rules").addObject().put("host", host);
    ObjectNode path = rule.putObject("http").putArray("paths").addObject();
    path.put("path", "/").put("pathType", "Prefix");
    ObjectNode backend = path.putObject("backend").putObject("service").put("name", service());
    backend.putObject("port").put("name", "dashboard");
    return ingress;
  }

  private ObjectNode httpRoute() {
    if (settings.has(SECRET)) {
      throw Failure.usage(
          "--tls-secret is not for an HTTPRoute: the gateway's listener has the secret.");
    }
    String[] gateway =
        settings
            .checked(
                GATEWAY,
                value ->
                    value.matches("([a-z0-9-]+/)?[a-z0-9.-]+")
                        ? Optional.empty()
                        : Optional.of("is not of the form [NAMESPACE/]NAME"))
            .orElseThrow(
                () ->
                    Failure.usage(
                        "--expose httproute needs --gateway [NAMESPACE/]NAME to go through."))
            .split("/", -1);
    ObjectNode route = object("gateway.networking.k8s.io/v1", "HTTPRoute");
    ObjectNode spec = route.putObject("spec");
    ObjectNode parent = spec.putArray("parentRefs").addObject();
    parent.put("name", gateway[gateway.length - 1]);
    if (gateway.length > 1) {
      parent.put("namespace", gateway[0]);
    }
    host().ifPresent(host -> spec.putArray("hostnames").add(host));
    ObjectNode rule = spec.putArray("rules").addObject();
    ObjectNode match = rule.putArray("matches").addObject().putObject("path");
    match.put("type", "PathPrefix").put("value", "/");
    rule.putArray("backendRefs").addObject().put("name", service()).put("port", 8265);
    return route;
  }

  private ObjectNode object(String apiVersion, String kind) {
    ObjectNode object = Yaml.JSON.createObjectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata").put("name", "ray-dashboard-" + cluster);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    ObjectNode labels = metadata.putObject("labels").put("ray.io/cluster-name", cluster);
    if (!namespace.isEmpty()) {
      labels.put("ray.io/cluster-namespace", namespace);
    }
    return object;
  }

  /** As KubeRay calls the head's service. */
  private String service() {
    return cluster + "-head-svc";
  }

  private Optional<String> host() {
    return settings.checked(HOST, Syntax::host);
  }

  private Optional<String> secret() {
    return settings.checked(SECRET, Syntax::object);
  }

  private void refuse(String option) {
    if (settings.has(option)) {
      throw Failure.usage("--" + option + " is for --expose httproute only.");
    }
  }
}
