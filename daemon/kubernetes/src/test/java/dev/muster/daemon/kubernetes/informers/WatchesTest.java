package dev.muster.daemon.kubernetes.informers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.clients.WatchStream;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Sandbox sandbox;
  private Cache cache;
  private QueuedWriter writer;
  private ApiClients clients;
  private Watches watches;
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    cache = Cache.open(directory.resolve("cache"), "test", Clock.systemUTC());
    writer = new QueuedWriter(cache, new ChangeFeed(), Clock.systemUTC());
    InstantSource shifted = () -> Instant.now().plus(later.get());
    Clock clock = shifted.withZone(ZoneOffset.UTC);
    clients = new ApiClients(new ExecPlugins(clock, Duration.ofSeconds(10)));
    watches = new Watches(writer, cache, clients, clock);
  }

  @AfterEach
  void stop() {
    watches.close();
    clients.close();
    writer.close();
    cache.close();
    sandbox.close();
  }

  private Access access(Path kubeconfig) {
    InCluster none = new InCluster(directory.resolve("none"), Map.of());
    Map<String, String> environment =
        Map.of("KUBECONFIG", kubeconfig.toString(), "PATH", "/usr/bin:/bin");
    return new Contexts(directory.resolve("none"), none)
        .resolve(new Caller(directory, environment, false), Target.DEFAULT);
  }

  private static Scope scope(Access access) {
    return new Scope("kubernetes", access.identity(), access.context(), "default");
  }

  private boolean live(Access access) {
    return watches.ensure(scope(access), access, () -> access, "raycluster", LONG).live();
  }

  @Test
  void what_nobody_asks_about_for_an_hour_is_stopped() {
    Access access = access(sandbox.kubeconfig("admin"));
    assertThat(live(access)).isTrue();
    await().atMost(LONG).until(() -> sandbox.openWatches() == 5);

    later.set(Duration.ofMinutes(50));
    watches.observe(scope(access), "raycluster");
    later.set(Duration.ofMinutes(100));
    watches.stopIdle();
    assertThat(watches.all()).hasSize(5);

    later.set(Duration.ofMinutes(161));
    watches.stopIdle();

    assertThat(watches.all()).isEmpty();
    await().atMost(LONG).until(() -> sandbox.openWatches() == 0);
    assertThat(watches.observe(scope(access), "raycluster").reason())
        .isEqualTo("it is not watched yet");
    assertThat(watches.observe(scope(access), "raycluster").at()).isNotNull();
    assertThat(live(access)).isTrue();
  }

  @Test
  void a_server_that_is_gone_is_left_when_there_is_another_in_its_place(@TempDir Path files) {
    Access access = access(sandbox.kubeconfig("admin"));
    AtomicReference<Supplier<Access>> now = new AtomicReference<>(() -> access);
    watches.ensure(scope(access), access, () -> now.get().get(), "raycluster", LONG);
    try (Sandbox other = Sandbox.start(SandboxOptions.fast(files))) {
      Access anew = access(other.kubeconfig("admin"));
      later.set(Duration.ofMinutes(2));
      now.set(() -> anew);
      watches.stopIdle();
      assertThat(watches.all()).as("while it can be reached").isNotEmpty();

      sandbox.close();
      await().atMost(LONG).until(() -> watches.all().stream().noneMatch(Observation::live));
      now.set(
          () -> {
            throw new Failure(Failure.Kind.USAGE, "there is no kubeconfig");
          });
      watches.stopIdle();
      assertThat(watches.all()).as("while it is not known where it is").isNotEmpty();

      now.set(() -> anew);
      watches.stopIdle();
      assertThat(watches.all()).isEmpty();
    }
  }

  @Test
  void what_is_watched_with_a_credential_that_was_given_back_is_stopped() {
    Access admin = access(sandbox.kubeconfig("admin"));
    Access viewer = access(sandbox.kubeconfig("viewer"));
    assertThat(live(admin)).isTrue();
    assertThat(live(viewer)).isTrue();
    ApiClient client = clients.get(admin);

    watches.forget(access -> access.login().equals(admin.login()));
    clients.forget(access -> access.login().equals(admin.login()));

    assertThat(watches.all())
        .extracting(observation -> observation.scope().identity())
        .containsOnly(viewer.identity());
    assertThat(clients.get(admin)).isNotSameAs(client);
    assertThat(live(admin)).as("whoever asks again begins anew").isTrue();
  }

  @Test
  void a_list_of_several_pages_is_read_whole() {
    Access access = access(sandbox.kubeconfig("admin"));
    ApiClient client = clients.get(access);
    String path = client.served(RayClusterRow.RESOURCE).path("v1", "default");
    for (int i = 0; i < 620; i++) {
      client.call("POST", path, suspended("many-" + i));
    }

    assertThat(live(access)).isTrue();

    List<String> names = new ArrayList<>();
    cache.scan(access.identity(), "raycluster", "", false, row -> names.add(row.key().name()));
    assertThat(names).hasSize(620);
    assertThat(sandbox.requests())
        .filteredOn(r -> r.contains("rayclusters?limit=500&continue="))
        .hasSize(1);
  }

  @Test
  void a_watch_that_says_nothing_for_too_long_is_given_up() {
    // At this speed bookmarks come once a minute.
    try (Sandbox slow = Sandbox.start(SandboxOptions.in(directory))) {
      ApiClient client = clients.get(access(slow.kubeconfig("viewer")));
      String path = client.served(RayClusterRow.RESOURCE).path("v1", "");
      String version = client.get(path).path("metadata").path("resourceVersion").asText();

      try (WatchStream watch =
          WatchStream.open(client, path, "", version, LONG, Duration.ofMillis(300))) {
        assertThat(watch.next()).isNull();
      }
    }
  }

  @Test
  void a_credential_plugin_is_asked_again_when_its_token_is_refused() throws Exception {
    Path tokens = directory.resolve("tokens");
    Files.writeString(tokens, "stale");
    Path script = directory.resolve("login.sh");
    Files.writeString(
        script, "#!/bin/sh\nprintf '{\"status\":{\"token\":\"%s\"}}' \"$(cat " + tokens + ")\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    String original = Files.readString(sandbox.kubeconfig("alice"));
    String token = original.replaceAll("(?s).*token: (\\S+).*", "$1");
    Path file = directory.resolve("exec.kubeconfig");
    Files.writeString(
        file,
        original.replaceAll(
            "token: \\S+",
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login.sh}"));
    Access access = access(file);
    ApiClient client = clients.get(access);
    assertThat(watches.ensure(scope(access), access, () -> access, "raycluster", LONG).reason())
        .contains("was refused");

    Files.writeString(tokens, token);

    assertThat(client.served(RayClusterRow.RESOURCE).highest()).contains("v1");
    await().atMost(LONG).until(() -> live(access));
  }

  @Test
  void pauses_grow_and_are_jittered_and_begin_anew() {
    Backoff backoff = new Backoff(RandomGenerator.of("L64X128MixRandom"));
    long first = backoff.next(Duration.ZERO).toMillis();
    for (int i = 0; i < 20; i++) {
      backoff.next(Duration.ZERO);
    }
    long late = backoff.next(Duration.ZERO).toMillis();
    Duration asked = backoff.next(Duration.ofMinutes(2));
    backoff.reset();
    long again = backoff.next(Duration.ZERO).toMillis();

    assertThat(first).isBetween(500L, 1000L);
    assertThat(late).isBetween(15_000L, 30_000L);
    assertThat(asked).isEqualTo(Duration.ofMinutes(2));
    assertThat(again).isBetween(500L, 1000L);
  }

  private static ObjectNode suspended(String name) {
    return (ObjectNode)
        Yaml.fromJson(
            """
            {"apiVersion":"ray.io/v1","kind":"RayCluster","metadata":{"name":"%s"},
             "spec":{"suspend":true,"headGroupSpec":{"rayStartParams":{},"template":{"spec":{"containers":[{"name":"ray-head","image":"i"}]}}}}}
            """
                .formatted(name));
  }
}
