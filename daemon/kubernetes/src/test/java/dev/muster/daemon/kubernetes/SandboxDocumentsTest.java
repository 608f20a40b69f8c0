package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Written;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests with several documents. */
class SandboxDocumentsTest {
  @TempDir static Path files;
  @TempDir Path directory;

  private static Sandbox sandbox;

  private Rig rig;
  private Caller admin;
  private String namespace;
  private Target here;
  private ApiClients clients;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    admin = rig.caller(sandbox.kubeconfig("admin"));
    namespace = "documents-" + UUID.randomUUID().toString().substring(0, 8);
    sandbox.createNamespace(namespace);
    here = Rig.in(namespace);
    clients = new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(5)));
  }

  @AfterEach
  void close() {
    clients.close();
    rig.close();
  }

  private JsonNode read(String path) {
    InCluster none = new InCluster(directory.resolve("none"), Map.of());
    ApiClient client =
        clients.get(new Contexts(directory.resolve("none"), none).resolve(admin, Target.DEFAULT));
    return client.get(path.replace("NS", namespace));
  }

  private String cluster(String name) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    settings.put("num-workers", List.of("1"));
    return rig.source.define(admin, here, "raycluster", name, Rig.bare(settings), "").yaml();
  }

  /** With the Secret of its files behind it. */
  private String job(String name) throws Exception {
    Path app = Files.createDirectories(directory.resolve("app"));
    Files.writeString(app.resolve("main.py"), "print(1)\n");
    String yaml =
        rig.source
            .define(
                admin,
                here,
                "rayjob",
                name,
                Map.of(
                    "working-dir", List.of("app"),
                    "entrypoint", List.of("python main.py"),
                    "suspend", List.of("true")),
                "")
            .yaml();
    assertThat(yaml).contains("kind: RayJob", "\n---\n", "kind: Secret");
    return yaml;
  }

  private Written apply(String kind, String yaml) {
    return rig.source.applyAll(admin, here, kind, yaml, "both.yaml", false, false);
  }

  private Failure refused(String kind, String yaml) {
    return catchThrowableOfType(Failure.class, () -> apply(kind, yaml));
  }

  private String there() {
    return rig.source.listLive(admin, here, "raycluster").stream()
        .map(row -> row.key().name())
        .toList()
        .toString();
  }

  @Test
  void what_define_wrote_is_applied_whole_and_again() throws Exception {
    String yaml = job("night");

    Written first = apply("rayjob", yaml);
    Written second = apply("rayjob", yaml);

    assertThat(first.row().key().name()).isEqualTo("night");
    assertThat(first.others()).containsExactly("secret/night-files");
    assertThat(second.row().uid()).isEqualTo(first.row().uid());
    JsonNode secret = read("/api/v1/namespaces/NS/secrets/night-files");
    assertThat(secret.at("/metadata/ownerReferences/0/uid").asText())
        .as("it goes with its job")
        .isEqualTo(first.row().uid());
    assertThat(secret.at("/data").has("working_dir.zip")).isTrue();
  }

  @Test
  void several_of_our_kinds_are_made_in_their_order() throws Exception {
    String yaml = cluster("one") + "---\n---\n" + cluster("two") + "---\n" + job("night");

    Written made = rig.source.createAll(admin, here, "raycluster", yaml, "both.yaml", false);

    assertThat(made.row().key().name()).isEqualTo("one");
    assertThat(made.others())
        .containsExactly("raycluster.ray.io/two", "rayjob.ray.io/night", "secret/night-files");
    assertThat(there()).isEqualTo("[one, two]");
  }

  @Test
  void a_dry_run_makes_nothing() throws Exception {
    Written checked =
        rig.source.applyAll(
            admin, here, "rayjob", cluster("one") + "---\n" + job("night"), "f", false, true);

    assertThat(checked.others()).containsExactly("raycluster.ray.io/one", "secret/night-files");
    assertThat(there()).isEqualTo("[]");
  }

  @Test
  void what_is_not_ours_is_named_and_nothing_is_sent() throws Exception {
    String config = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n";
    String secret =
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: mine}\ndata: {a: Y2FuYXJ5}\n";

    assertThat(refused("raycluster", cluster("one") + config))
        .hasMessage(
            "both.yaml, document 2: muster applies RayClusters, AppWrappers, RayJobs and the"
                + " Secrets of their files, and no ConfigMap; nothing was sent.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
    assertThat(refused("raycluster", cluster("one") + secret))
        .hasMessageContaining("both.yaml, document 2: ")
        .hasMessageContaining("no Secret of anything else")
        .hasMessageNotContaining("Y2FuYXJ5");
    assertThat(refused("raycluster", cluster("one") + "---\na: b\n"))
        .hasMessageContaining("and no object without a kind");
    assertThat(refused("raycluster", cluster("one") + "---\nkind: Secret\napiVersion: v1\n"))
        .hasMessage("both.yaml, document 2: the Secret has no name that it can have.");
    assertThat(refused("appwrapper", cluster("one") + "---\n" + cluster("two")))
        .hasMessage("both.yaml holds no AppWrapper; nothing was sent.");
    assertThat(there()).isEqualTo("[]");
  }

  @Test
  void what_the_server_refuses_is_found_before_the_first_is_sent() {
    rig.source.create(admin, here, "raycluster", cluster("two"), "a test", false);

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                rig.source.createAll(
                    admin,
                    here,
                    "raycluster",
                    cluster("one") + "---\n" + cluster("two"),
                    "both.yaml",
                    false));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.EXISTS);
    assertThat(there()).isEqualTo("[two]");
  }
}
