package dev.muster.daemon.kubernetes.define;

import static dev.muster.daemon.kubernetes.define.OptionPairs.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AppWrappers of all three shapes, the queue, InstaScale's label and the way to the dashboard. */
class WrappingTest {
  private static final String QUEUE = "kueue.x-k8s.io/queue-name";

  @TempDir Path directory;

  /**
   * @param served whether the server has AppWrappers
   */
  private Definition define(boolean served, String template, LocalQueues queues, String... pairs) {
    return RayClusterDefinition.define(
        new Caller(directory, Map.of(), false),
        new Target("", "", "team", false),
        "demo",
        options(pairs),
        template,
        queues,
        () -> !served);
  }

  private static JsonNode parse(Definition definition) {
    return Yaml.parse(definition.yaml().getBytes(StandardCharsets.UTF_8), "definition");
  }

  private static String kind(Definition definition) {
    return parse(definition).path("kind").asText();
  }

  private JsonNode wrapped(String... pairs) {
    return parse(define(true, "", null, pairs));
  }

  private JsonNode bare(String... pairs) {
    return parse(define(false, "", null, pairs));
  }

  private String complaint(String... pairs) {
    Failure failure = catchThrowableOfType(Failure.class, () -> define(true, "", null, pairs));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }

  private static String labels(JsonNode object) {
    return Yaml.json(object.path("metadata").path("labels"));
  }

  @Test
  void an_app_wrapper_has_the_clusters_name_and_namespace() {
    JsonNode tree = wrapped();

    assertThat(tree.path("apiVersion").asText()).isEqualTo("workload.codeflare.dev/v1beta2");
    assertThat(tree.path("kind").asText()).isEqualTo("AppWrapper");
    assertThat(Yaml.json(tree.path("metadata")))
        .isEqualTo("{\"name\":\"demo\",\"namespace\":\"team\"}");
    assertThat(tree.path("spec").path("components").path(0).path("template")).isEqualTo(bare());
  }

  @Test
  void options_decide_whatever_the_server_has() {
    for (boolean served : List.of(true, false)) {
      Definition wrapped = define(served, "", null, "appwrapper", "true");
      Definition bare = define(served, "", null, "appwrapper", "false");

      assertThat(kind(wrapped)).isEqualTo("AppWrapper");
      assertThat(kind(bare)).isEqualTo("RayCluster");
      assertThat(wrapped.warnings()).isEmpty();
      assertThat(bare.warnings()).isEmpty();
    }
  }

  @Test
  void what_nobody_decides_is_an_app_wrapper_with_and_without_a_server() {
    Definition alone =
        RayClusterDefinition.define(
            new Caller(directory, Map.of(), false), Target.DEFAULT, "demo", Map.of(), "");

    assertThat(kind(alone)).isEqualTo("AppWrapper");
    assertThat(alone.warnings()).isEmpty();
    assertThat(kind(define(true, "", null))).isEqualTo("AppWrapper");
    assertThat(define(true, "", null).warnings()).isEmpty();
  }

  @Test
  void a_server_without_app_wrappers_gets_the_cluster_itself_and_is_named_as_the_cause() {
    Definition bare = define(false, "", null);

    assertThat(kind(bare)).isEqualTo("RayCluster");
    assertThat(bare.warnings())
        .containsExactly(
            "The server has no AppWrapper kind: the RayCluster is defined by itself, without an"
                + " AppWrapper (--appwrapper makes one all the same).");
    assertThat(kind(define(false, "", null, "expose", "route")))
        .as("what needs one says that there is to be one")
        .isEqualTo("AppWrapper");
  }

  @Test
  void a_template_that_is_named_decides_and_a_changed_default_does_not() throws IOException {
    assertThat(kind(define(true, "kubectl-ray", null))).isEqualTo("RayCluster");
    assertThat(kind(define(true, "kubectl-ray", null, "appwrapper", "true")))
        .isEqualTo("AppWrapper");
    assertThat(define(false, "kubectl-ray", null).warnings()).isEmpty();

    Path own = Files.createDirectories(directory.resolve("muster/templates"));
    String bare = define(true, "", null, "appwrapper", "false", "num-workers", "7").yaml();
    Files.writeString(own.resolve("raycluster.yaml"), bare);
    Definition changed =
        RayClusterDefinition.define(
            new Caller(directory, Map.of("XDG_CONFIG_HOME", directory.toString()), false),
            Target.DEFAULT,
            "demo",
            Map.of(),
            "");

    assertThat(kind(changed)).isEqualTo("AppWrapper");
    assertThat(changed.yaml()).contains("replicas: 7");
  }

  @ParameterizedTest
  @CsvSource({
    "v1beta1, workload.codeflare.dev/v1beta1, ray.io/v1, workload.codeflare.dev/appwrapper",
    "mcad, mcad.ibm.com/v1beta1, ray.io/v1alpha1, appwrapper.mcad.ibm.com",
    "mcad.ibm.com/v1beta1, mcad.ibm.com/v1beta1, ray.io/v1alpha1, appwrapper.mcad.ibm.com"
  })
  void the_older_shapes_hold_generic_items(
      String version, String apiVersion, String inner, String label) {
    JsonNode tree = wrapped("appwrapper-version", version, "num-workers", "3", "worker-gpus", "2");
    JsonNode item = tree.path("spec").path("resources").path("GenericItems").path(0);
    JsonNode cluster = item.path("generictemplate");

    assertThat(tree.path("apiVersion").asText()).isEqualTo(apiVersion);
    assertThat(tree.path("spec").path("priority").asInt()).isEqualTo(9);
    assertThat(item.path("replicas").asInt()).isEqualTo(1);
    assertThat(Yaml.json(item.path("custompodresources")))
        .isEqualTo(
            "[{\"replicas\":1,\"requests\":{\"cpu\":\"1\",\"memory\":\"5G\"},\"limits\":{\"cpu\":\"2\",\"memory\":\"8G\"}},"
                + "{\"replicas\":3,\"requests\":{\"cpu\":\"1\",\"memory\":\"3G\",\"nvidia.com/gpu\":\"2\"},"
                + "\"limits\":{\"cpu\":\"1\",\"memory\":\"6G\",\"nvidia.com/gpu\":\"2\"}}]");
    assertThat(cluster.path("apiVersion").asText()).isEqualTo(inner);
    assertThat(labels(cluster)).contains("\"" + label + "\":\"demo\"");
    assertThat(labels(cluster.path("spec").path("headGroupSpec").path("template")))
        .isEqualTo("{\"" + label + "\":\"demo\"}");
  }

  @Test
  void the_queue_is_on_what_kueue_looks_at() {
    JsonNode tree = wrapped("local-queue", "lq");

    assertThat(labels(tree)).isEqualTo("{\"" + QUEUE + "\":\"lq\"}");
    assertThat(labels(tree.path("spec").path("components").path(0).path("template")))
        .doesNotContain(QUEUE);
    assertThat(labels(bare("local-queue", "lq"))).contains("\"" + QUEUE + "\":\"lq\"");
    assertThat(labels(wrapped("labels", QUEUE + "=lq,a=b")))
        .isEqualTo("{\"" + QUEUE + "\":\"lq\"}");
    assertThat(complaint("local-queue", "lq", "appwrapper-version", "v1beta1"))
        .isEqualTo(
            "--local-queue does not go together with an AppWrapper of"
                + " workload.codeflare.dev/v1beta1, which MCAD queues, and not Kueue.");
  }

  @Test
  void the_namespaces_default_queue_is_taken_unless_another_is_named() {
    LocalQueues queues =
        namespace ->
            Optional.of(
                List.of(new LocalQueue(namespace + "-a", false), new LocalQueue("b", true)));

    assertThat(labels(parse(define(true, "", queues)))).contains("\"b\"");
    assertThat(labels(parse(define(true, "", queues, "local-queue", "team-a"))))
        .contains("\"team-a\"");
    assertThat(labels(parse(define(true, "", queues, "local-queue", "")))).doesNotContain(QUEUE);
    assertThat(define(true, "", queues).warnings()).isEmpty();
    assertThat(labels(parse(define(true, "", queues, "appwrapper-version", "mcad"))))
        .doesNotContain(QUEUE);
  }

  @Test
  void a_namespace_without_queues_gets_none() {
    LocalQueues none = namespace -> Optional.of(List.of());

    assertThat(labels(parse(define(false, "", none)))).doesNotContain(QUEUE);
    Failure failure =
        catchThrowableOfType(Failure.class, () -> define(false, "", none, "local-queue", "lq"));
    assertThat(failure)
        .hasMessage(
            "--local-queue: there is no LocalQueue \"lq\" in the namespace team, which has none.");
  }

  @Test
  void a_queue_that_resembles_one_is_asked_about() {
    LocalQueues one = namespace -> Optional.of(List.of(new LocalQueue("team-a", false)));
    Failure failure =
        catchThrowableOfType(Failure.class, () -> define(false, "", one, "local-queue", "taem-a"));

    assertThat(failure).hasMessageEndingWith("; did you mean team-a?");
  }

  @Test
  void queues_that_nobody_knows_are_warned_about_once() {
    LocalQueues unknown = namespace -> Optional.empty();

    Definition without = define(true, "", unknown);
    assertThat(without.warnings())
        .containsExactly(
            "The namespace's default queue, if there is one, is not set, and so no quota is waited"
                + " for: the server's local queues could not be read (--local-queue names one).");
    assertThat(without.yaml()).doesNotContain(QUEUE);
    Definition named = define(true, "", unknown, "local-queue", "lq");
    assertThat(named.warnings()).hasSize(1).first().asString().contains("lq is not known");
    assertThat(named.yaml()).contains(QUEUE + ": lq");
  }

  @Test
  void without_a_server_it_is_said_that_no_default_queue_is_set_unless_one_is_named() {
    assertThat(define(true, "", LocalQueues.NO_SERVER).warnings())
        .containsExactly(
            "The namespace's default queue, if there is one, is not set, and so no quota is waited"
                + " for: there is no server to ask (--local-queue names one).");
    for (String named : List.of("lq", "")) {
      assertThat(define(true, "", LocalQueues.NO_SERVER, "local-queue", named).warnings())
          .as("--local-queue '%s'", named)
          .isEmpty();
    }
  }

  @Test
  void autoscaling_is_refused_in_a_queue() {
    assertThat(
            complaint(
                "enable-autoscaling",
                "true",
                "min-workers",
                "1",
                "max-workers",
                "2",
                "local-queue",
                "lq"))
        .isEqualTo(
            "--enable-autoscaling does not go together with a Kueue queue, and lq was named."
                + " --local-queue \"\" is for none.");
    LocalQueues queues = namespace -> Optional.of(List.of(new LocalQueue("lq", true)));
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                define(
                    true, "", queues, "autoscaler", "v2", "min-workers", "1", "max-workers", "2"));
    assertThat(failure)
        .hasMessageStartingWith("--autoscaler does not go together with a Kueue queue, and lq is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m5.xlarge,g4dn.xlarge", "['m5.xlarge', 'g4dn.xlarge']"})
  void machine_types_are_one_label_in_the_order_head_worker(String types) {
    assertThat(labels(wrapped("machine-types", types, "instascale", "true")))
        .isEqualTo("{\"orderedinstance\":\"m5.xlarge_g4dn.xlarge\"}");
    assertThat(labels(bare("machine-types", types)))
        .isEqualTo("{\"orderedinstance\":\"m5.xlarge_g4dn.xlarge\"}");
    assertThat(bare("machine-types", types, "instascale", "false").path("kind").asText())
        .isEqualTo("RayCluster");
  }

  @Test
  void a_route_has_tls_and_a_host_if_named() {
    JsonNode components =
        wrapped("expose", "route", "host", "ray.example.org", "tls-secret", "cert")
            .path("spec")
            .path("components");
    JsonNode route = components.path(1).path("template");

    assertThat(components).hasSize(2);
    assertThat(Yaml.json(route))
        .isEqualTo(
            "{\"apiVersion\":\"route.openshift.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"ray-dashboard-demo\",\"namespace\":\"team\","
                + "\"labels\":{\"ray.io/cluster-name\":\"demo\",\"ray.io/cluster-namespace\":\"team\"}},"
                + "\"spec\":{\"host\":\"ray.example.org\",\"to\":{\"kind\":\"Service\",\"name\":\"demo-head-svc\",\"weight\":100},"
                + "\"port\":{\"targetPort\":\"dashboard\"},\"tls\":{\"termination\":\"edge\",\"insecureEdgeTerminationPolicy\":\"Redirect\","
                + "\"externalCertificate\":{\"name\":\"cert\"}}}}");
  }

  @Test
  void an_ingress_has_tls_for_its_host() {
    JsonNode ingress =
        bare("expose", "ingress", "host", "ray.example.org", "tls-secret", "cert")
            .path("spec")
            .path("components")
            .path(1)
            .path("template");

    assertThat(Yaml.json(ingress.path("spec")))
        .isEqualTo(
            "{\"tls\":[{\"hosts\":[\"ray.example.org\"],\"secretName\":\"cert\"}],\"rules\":[{\"host\":\"ray.example.org\","
                + "\"http\":{\"paths\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"demo-head-svc\",\"port\":{\"name\":\"dashboard\"}}}}]}}]}");
  }

  @Test
  void an_httproute_goes_through_a_gateway() {
    JsonNode item =
        wrapped(
                "expose",
                "httproute",
                "gateway",
                "infra/public",
                "host",
                "ray.example.org",
                "appwrapper-version",
                "v1beta1")
            .path("spec")
            .path("resources")
            .path("GenericItems")
            .path(1);

    assertThat(item.path("replicas").asInt()).isEqualTo(1);
    assertThat(Yaml.json(item.path("generictemplate").path("spec")))
        .isEqualTo(
            "{\"parentRefs\":[{\"name\":\"public\",\"namespace\":\"infra\"}],\"hostnames\":[\"ray.example.org\"],"
                + "\"rules\":[{\"matches\":[{\"path\":{\"type\":\"PathPrefix\",\"value\":\"/\"}}],\"backendRefs\":[{\"name\":\"demo-head-svc\",\"port\":8265}]}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          appwrapper=false,expose=route | --expose needs an AppWrapper; drop --no-appwrapper or it.
          appwrapper=false,machine-types=a | --machine-types needs an AppWrapper; drop --no-appwrapper or it.
          appwrapper=false,appwrapper-version=mcad | --appwrapper-version needs an AppWrapper; drop --no-appwrapper or it.
          appwrapper-version=v2 | --appwrapper-version: "v2" is none of v1beta2, v1beta1 and mcad.
          appwrapper=maybe | --appwrapper: "maybe" is neither true nor false.
          instascale=true | --instascale needs --machine-types, such as m5.xlarge,g4dn.xlarge: the head's and the workers'.
          expose=port | --expose: "port" is none of route, ingress and httproute.
          expose=ingress | --expose ingress needs --host: TLS is for the name of a host.
          expose=httproute | --expose httproute needs --gateway [NAMESPACE/]NAME to go through.
          expose=httproute,gateway=A B | --gateway: "A B" is not of the form [NAMESPACE/]NAME.
          expose=httproute,gateway=g,tls-secret=s | --tls-secret is not for an HTTPRoute: the gateway's listener has the secret.
          expose=route,gateway=g | --gateway is for --expose httproute only.
          expose=route,host=A_B | --host: "A_B" is not a host name such as ray.example.org: use lower-case letters, digits, "-" and ".".
          host=h | --host needs --expose.
          local-queue=A | --local-queue: "A" is not a name: use lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (RFC 1123).
          """)
  void what_does_not_go_together_is_said(String given, String message) {
    assertThat(complaint(given.split("[=,]"))).isEqualTo(message);
  }

  @Test
  void a_template_can_be_an_app_wrapper_and_keeps_what_else_it_says() throws IOException {
    Files.writeString(
        directory.resolve("wrapped.yaml"),
        define(true, "", null, "expose", "route")
            .yaml()
            .replaceFirst("(?m)^spec:", "spec:\n  suspend: true"));

    JsonNode tree =
        parse(define(false, "wrapped.yaml", null, "num-workers", "4", "local-queue", "lq"));

    assertThat(tree.path("kind").asText()).isEqualTo("AppWrapper");
    assertThat(tree.path("spec").path("suspend").asBoolean()).isTrue();
    assertThat(tree.path("spec").path("components")).hasSize(2);
    assertThat(
            tree.path("spec")
                .path("components")
                .path(0)
                .path("template")
                .path("spec")
                .path("workerGroupSpecs")
                .path(0)
                .path("replicas")
                .asInt())
        .isEqualTo(4);
    assertThat(labels(tree)).contains("\"lq\"");
    assertThat(refusal("wrapped.yaml", "appwrapper", "false"))
        .isEqualTo("The template's AppWrapper holds more than a RayCluster; drop --no-appwrapper.");
    assertThat(refusal("wrapped.yaml", "appwrapper-version", "mcad"))
        .isEqualTo(
            "--appwrapper-version: \"mcad\" is not that of the template, which is"
                + " workload.codeflare.dev/v1beta2.");
  }

  @Test
  void a_template_that_wraps_one_cluster_can_be_unwrapped() throws IOException {
    Files.writeString(
        directory.resolve("old.yaml"),
        define(true, "", null, "appwrapper-version", "v1beta1").yaml());

    assertThat(parse(define(true, "old.yaml", null)).path("apiVersion").asText())
        .isEqualTo("workload.codeflare.dev/v1beta1");
    assertThat(parse(define(true, "old.yaml", null, "appwrapper", "false")).path("kind").asText())
        .isEqualTo("RayCluster");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: workload.codeflare.dev/v1beta2, kind: AppWrapper, spec: {components: []}}",
        "{apiVersion: mcad.ibm.com/v1beta1, kind: AppWrapper}",
        "{apiVersion: example.org/v1, kind: AppWrapper}"
      })
  void a_wrapper_without_a_cluster_is_no_template(String template) throws IOException {
    Files.writeString(directory.resolve("empty.yaml"), template);

    assertThat(refusal("empty.yaml"))
        .endsWith(
            "is an AppWrapper without a RayCluster in spec.components (v1beta2) or"
                + " spec.resources.GenericItems (v1beta1).");
  }

  private String refusal(String template, String... pairs) {
    return catchThrowableOfType(Failure.class, () -> define(true, template, null, pairs))
        .getMessage();
  }
}
