package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with servers, networks and rights, and what is said about it. */
class FaultsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Target HERE = Rig.in("default");

  @TempDir Path directory;

  private Sandbox sandbox;
  private Rig rig;
  private Caller admin;
  private Caller alice;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    rig = new Rig(directory.resolve("rig"));
    admin = rig.caller(sandbox.kubeconfig("admin"));
    alice = rig.caller(sandbox.kubeconfig("alice"));
  }

  @AfterEach
  void stop() {
    rig.close();
    sandbox.close();
  }

  private Row create(Caller caller, String name, Map<String, List<String>> settings) {
    String yaml =
        rig.source
            .define(caller, Target.DEFAULT, "raycluster", name, Rig.bare(settings), "")
            .yaml();
    return rig.source.create(caller, HERE, "raycluster", yaml, "test", false);
  }

  private void create(String name) {
    create(admin, name, Map.of());
  }

  private Failure listing(Caller caller) {
    return catchThrowableOfType(
        Failure.class, () -> rig.source.listLive(caller, HERE, "raycluster"));
  }

  private String reason(Caller caller) {
    return rig.watched(caller, HERE).reason();
  }

  private void becomesLive(Caller caller, Target target) {
    await().atMost(LONG).until(() -> rig.watched(caller, target).live());
  }

  private void stopsBeingLive(Caller caller) {
    await()
        .atMost(LONG)
        .until(() -> !rig.source.observe(rig.source.resolve(caller, HERE), "raycluster").live());
  }

  @Test
  void a_missing_crd_makes_the_kind_unavailable_until_it_is_there() {
    sandbox.removeCrd();

    Observation observation = rig.watched(admin, HERE);

    assertThat(observation.live()).isFalse();
    assertThat(observation.reason())
        .isEqualTo("the server has no RayCluster kind (KubeRay is not installed)");
    assertThat(listing(admin))
        .hasMessageContaining("KubeRay is not installed there")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FAILED);

    sandbox.installCrd();
    becomesLive(admin, HERE);
  }

  @Test
  void a_crd_that_goes_away_under_a_watch_is_noticed() {
    becomesLive(admin, HERE);
    create("demo");

    sandbox.removeCrd();
    stopsBeingLive(admin);
    assertThat(rig.row(admin, "default", "demo")).isPresent();

    sandbox.installCrd();
    becomesLive(admin, HERE);
    assertThat(rig.row(admin, "default", "demo")).isPresent();
  }

  @Test
  void a_refused_token_is_said_to_be_so_and_never_shown() {
    sandbox.expireTokens("alice");

    assertThat(reason(alice))
        .isEqualTo("the token for " + sandbox.url() + " was refused or has expired; log in again")
        .doesNotContain("sandbox-");
    assertThat(listing(alice)).extracting(Failure::kind).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
  }

  @Test
  void a_token_that_expires_under_a_watch_is_noticed_at_the_next_connection() {
    becomesLive(alice, HERE);

    sandbox.expireTokens("alice");
    sandbox.dropWatches();

    stopsBeingLive(alice);
    assertThat(rig.source.observe(rig.source.resolve(alice, HERE), "raycluster").at()).isNotNull();
  }

  @Test
  void whoever_may_not_list_is_told_what_he_may_not() {
    Caller nobody = rig.caller(sandbox.kubeconfig("nobody"));

    assertThat(reason(nobody))
        .startsWith("you may not watch rayclusters in the namespace default: ");
    assertThat(rig.watched(nobody, Rig.everywhere()).reason())
        .startsWith("you may not watch rayclusters in all namespaces: ");
    assertThat(listing(nobody)).extracting(Failure::kind).isEqualTo(Failure.Kind.FORBIDDEN);
  }

  @Test
  void whoever_may_not_list_everything_is_watched_in_his_namespace() {
    sandbox.forbidClusterWide("alice", "list", "*");
    create(alice, "hers", Map.of());

    Observation observation = rig.watched(alice, HERE);

    assertThat(observation.reason()).isEmpty();
    assertThat(observation.live()).isTrue();
    assertThat(observation.scope().namespace()).isEqualTo("default");
    assertThat(rig.row(alice, "default", "hers")).isPresent();
    assertThat(rig.watched(alice, Rig.everywhere()).live()).isFalse();
    assertThat(rig.source.observe(rig.source.resolve(alice, HERE), "raycluster").live()).isTrue();
  }

  @Test
  void a_version_that_the_server_has_forgotten_leads_to_a_new_list() {
    becomesLive(admin, HERE);
    create("before");

    sandbox.compactHistory();
    sandbox.dropWatches();
    try (Rig other = new Rig(directory.resolve("other"))) {
      String yaml =
          other
              .source
              .define(admin, Target.DEFAULT, "raycluster", "after", Rig.bare(Map.of()), "")
              .yaml();
      other.source.create(admin, HERE, "raycluster", yaml, "test", false);
      other.source.delete(admin, HERE, "raycluster", "before", false);
    }

    await().atMost(LONG).until(() -> rig.row(admin, "default", "after").isPresent());
    await().atMost(LONG).until(() -> rig.row(admin, "default", "before").isEmpty());
    becomesLive(admin, HERE);
  }

  @Test
  void watches_that_are_cut_are_taken_up_again_and_miss_nothing() {
    becomesLive(admin, HERE);
    for (int round = 0; round < 3; round++) {
      // The definition of the first round adds one, of the local queues.
      await().atMost(LONG).until(() -> sandbox.openWatches() >= 5);
      sandbox.dropWatches();
      create("round-" + round);
      String name = "round-" + round;
      await()
          .atMost(LONG)
          .until(() -> rig.row(admin, "default", name).map(Row::ready).orElse(false));
    }
    becomesLive(admin, HERE);
  }

  @Test
  void a_server_that_goes_away_is_not_live_and_is_listed_anew_when_it_is_back() throws IOException {
    try (Forwarder network = new Forwarder(sandbox.port())) {
      Path file = pointingTo("https://127.0.0.1:" + network.port(), "through-network");
      Caller far = rig.caller(file);
      List<Observation> told = new CopyOnWriteArrayList<>();
      AutoCloseable listening = rig.source.onLiveness(told::add);
      becomesLive(far, HERE);
      create(far, "doomed", Map.of());

      network.cut();
      stopsBeingLive(far);
      String reason = reason(far);
      create("new");
      rig.source.delete(admin, HERE, "raycluster", "doomed", false);
      assertThat(rig.row(far, "default", "doomed")).isPresent();
      assertThat(listing(far)).extracting(Failure::kind).isEqualTo(Failure.Kind.NO_ANSWER);

      network.mend();
      becomesLive(far, HERE);

      assertThat(reason).contains("https://127.0.0.1:" + network.port());
      await().atMost(LONG).until(() -> rig.row(far, "default", "doomed").isEmpty());
      assertThat(rig.row(far, "default", "new")).isPresent();
      assertThat(told)
          .filteredOn(
              o -> o.kind().equals("raycluster") && o.scope().context().equals("muster-sandbox"))
          .extracting(Observation::live)
          .contains(true, false);
      assertThat(listening).isNotNull();
    }
  }

  @Test
  void a_server_that_was_never_there_is_said_to_be_unreachable() throws IOException {
    Path file = pointingTo("https://127.0.0.1:1", "elsewhere");
    Caller lost = rig.caller(file);

    Observation observation = rig.watched(lost, HERE);

    assertThat(observation.live()).isFalse();
    assertThat(observation.at()).isNull();
    assertThat(observation.reason()).startsWith("https://127.0.0.1:1 does not answer");
    assertThat(listing(lost))
        .hasMessageContaining("(context muster-sandbox)")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NO_ANSWER);
  }

  @Test
  void a_host_that_nobody_knows_is_said_to_be_unknown() throws IOException {
    Path file = pointingTo("https://no-such-host.invalid:6443", "nowhere");

    assertThat(listing(rig.caller(file)))
        .hasMessageContaining("https://no-such-host.invalid:6443")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NO_ANSWER);
  }

  @Test
  void a_certificate_of_another_ca_is_said_to_be_so() throws IOException {
    Path other = Files.createDirectory(directory.resolve("second"));
    try (Sandbox stranger = Sandbox.start(SandboxOptions.fast(other))) {
      Path file = pointingTo(stranger.url(), "mixed");

      assertThat(listing(rig.caller(file)))
          .hasMessage(
              "The certificate of "
                  + stranger.url()
                  + " is not signed by the CA in "
                  + file
                  + " (context muster-sandbox).")
          .extracting(Failure::kind)
          .isEqualTo(Failure.Kind.NO_ANSWER);
    }
  }

  @Test
  void a_certificate_for_another_name_is_said_to_be_so() throws IOException {
    Path file = pointingTo("https://127.0.0.2:" + sandbox.port(), "renamed");

    Failure failure = listing(rig.caller(file));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
  }

  @Test
  void an_image_that_cannot_be_pulled_is_the_reason() {
    becomesLive(admin, HERE);
    create(admin, "picky", Map.of("image", List.of("example.org/no-such-image:1.0.0")));

    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(admin, "default", "picky")
                    .map(Row::reason)
                    .filter(
                        r -> r.matches("head pod picky-head-\\w+: ImagePullBackOff: Back-off .*"))
                    .isPresent());
    Row row = rig.row(admin, "default", "picky").orElseThrow();
    assertThat(row.state()).isEqualTo(State.STARTING);
    assertThat(row.ready()).isFalse();
  }

  @Test
  void a_pod_that_fits_nowhere_is_the_reason() {
    becomesLive(admin, HERE);
    create(
        admin,
        "huge",
        Map.of(
            "worker-cpu-requests", List.of("5000"),
            "worker-cpu-limits", List.of("5000")));

    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(admin, "default", "huge")
                    .map(Row::reason)
                    .filter(r -> r.contains("Unschedulable: ") && r.contains("Insufficient cpu"))
                    .isPresent());
    assertThat(rig.row(admin, "default", "huge").orElseThrow().reason())
        .startsWith("0 of 1 workers available; worker pod huge-");
    await()
        .atMost(LONG)
        .until(
            () ->
                rig.names(admin, "event", "default").stream()
                    .anyMatch(name -> name.startsWith("pod/huge-")));

    rig.source.delete(admin, HERE, "raycluster", "huge", false);
    await().atMost(LONG).until(() -> rig.row(admin, "default", "huge").isEmpty());
  }

  @Test
  void a_cluster_that_is_suspended_says_so() {
    becomesLive(admin, HERE);
    String yaml =
        rig.source
            .define(admin, Target.DEFAULT, "raycluster", "asleep", Rig.bare(Map.of()), "")
            .yaml()
            .replace("\nspec:\n", "\nspec:\n  suspend: true\n");
    rig.source.create(admin, HERE, "raycluster", yaml, "test", false);

    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(admin, "default", "asleep").map(Row::state).orElse(null)
                    == State.SUSPENDED);
  }

  @Test
  void polls_cost_the_server_nothing() {
    becomesLive(admin, HERE);
    await().atMost(LONG).until(() -> sandbox.openWatches() == 5);
    long before = sandbox.requests().stream().filter(r -> !r.contains("watch=true")).count();

    for (int i = 0; i < 100; i++) {
      assertThat(rig.watched(admin, HERE).live()).isTrue();
    }

    assertThat(sandbox.requests().stream().filter(r -> !r.contains("watch=true")).count())
        .isEqualTo(before);
  }

  /** The administrator's kubeconfig with another server in it. */
  private Path pointingTo(String url, String name) throws IOException {
    String text = Files.readString(sandbox.kubeconfig("admin")).replace(sandbox.url(), url);
    return Files.writeString(directory.resolve(name), text);
  }
}
