package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.reach.RayWays;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import dev.muster.daemon.ray.RayJobs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Jobs over a real cache, with clusters and Rays as a test wants them, in time that the test moves.
 */
final class JobsFixture implements AutoCloseable {
  static final String IDENTITY = "me";
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Scope TEAM = new Scope("kubernetes", IDENTITY, "here", "team");
  static final Scope ALL = new Scope("kubernetes", IDENTITY, "here", "");
  static final Asker ASKER = new Asker(() -> null, Map.of("RAY_AUTH_TOKEN", "canary"));
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final ManualTicker ticker = new ManualTicker();
  final Clock clock = new Ticking();
  final Cache cache;
  final QueuedWriter writer;
  final Noticed noticed;
  final Map<String, MemoryRay> rays = new HashMap<>();
  final Set<String> notLive = new HashSet<>();
  final Set<String> absent = new HashSet<>();
  final RayWays ways = new Ways();
  JobWatch watch;

  JobsFixture(Path directory) {
    cache = Cache.open(directory, "1", clock);
    writer = new QueuedWriter(cache, new ChangeFeed(), clock);
    noticed = new Noticed(writer);
    restart();
  }

  /** As after the daemon began anew. */
  void restart() {
    if (watch != null) {
      watch.close();
    }
    watch = new JobWatch(noticed, cache, new Base(), rays(), clock, ticker, () -> 0, Runnable::run);
  }

  /** To talk to those Rays. */
  Rays rays() {
    return new Rays(
        ways,
        (way, lost) ->
            (RayJobs)
                Proxy.newProxyInstance(
                    RayJobs.class.getClassLoader(),
                    new Class<?>[] {RayJobs.class},
                    (proxy, method, arguments) -> {
                      String name = way.get().base().getPath().substring(1);
                      try {
                        return method.invoke(rays.get(name), arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }

  /** The same moment as the ticker's. */
  private final class Ticking extends Clock {
    @Override
    public Instant instant() {
      return NOON.plusNanos(ticker.nanos());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final class Base implements JobWatch.Base {
    @Override
    public Observation observe(Scope scope, String kind) {
      boolean live = !notLive.contains(kind);
      return new Observation(
          scope, kind, live ? clock.instant() : NOON, live, live ? "" : "no " + kind);
    }

    @Override
    public boolean absent(Scope scope, String kind) {
      return absent.contains(kind);
    }
  }

  private final class Ways implements RayWays {
    @Override
    public RayEndpoint to(
        Supplier<ApiClient> client,
        Map<String, String> environment,
        String namespace,
        String cluster,
        RayAddress address) {
      String name = namespace + "/" + cluster;
      if (!rays.containsKey(name)) {
        throw new Failure(Failure.Kind.NO_ANSWER, "No way leads there.");
      }
      return new RayEndpoint(null, URI.create("http://ray/" + name), Map::of, "a test");
    }

    @Override
    public void lost(RayEndpoint endpoint) {
      // The Rays of tests are where they are.
    }
  }

  Observation ensure(Scope scope) {
    Observation now =
        watch.ensure(
            scope,
            ASKER,
            (kind, patience) -> new Observation(scope, kind, clock.instant(), true, ""),
            PATIENCE);
    settle();
    return now;
  }

  void settle() {
    writer.await(writer.lastEnqueued());
  }

  /** A cluster that is up, and its Ray. */
  MemoryRay cluster(String namespace, String name) {
    put(cluster(namespace, name, "uid-" + name, "True", false));
    return rays.computeIfAbsent(namespace + "/" + name, any -> new MemoryRay());
  }

  void put(Row row) {
    noticed.put(row);
    settle();
  }

  Row cluster(String namespace, String name, String uid, String head, boolean suspended) {
    ObjectNode cluster =
        (ObjectNode)
            Yaml.parse(
                """
                apiVersion: ray.io/v1
                kind: RayCluster
                metadata: {name: %s, namespace: %s, uid: %s, resourceVersion: "%d"}
                spec: {suspend: %s, workerGroupSpecs: [{replicas: 1, groupName: w}]}
                status:
                  availableWorkerReplicas: 0
                  desiredWorkerReplicas: 1
                  conditions:
                  - {type: HeadPodReady, status: "%s"}
                  - {type: RayClusterSuspended, status: "%s"}
                """
                    .formatted(
                        name,
                        namespace,
                        uid,
                        ++version,
                        suspended,
                        head,
                        suspended ? "True" : "False")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "a test");
    return RayClusterRow.of(IDENTITY, cluster, Causes.NONE, clock.instant());
  }

  private long version;

  void removeCluster(String namespace, String name) {
    noticed.remove(new Key(IDENTITY, RayClusterRow.KIND, namespace, name), "", clock.instant());
    settle();
  }

  Row wrapper(String namespace, String name, String phase, String labels) {
    ObjectNode object =
        (ObjectNode)
            Yaml.parse(
                """
                apiVersion: workload.codeflare.dev/v1beta2
                kind: AppWrapper
                metadata:
                  name: %s
                  namespace: %s
                  uid: uid-%s
                  resourceVersion: "%d"
                  creationTimestamp: "2026-11-21T11:00:00Z"
                  labels: {%s}
                spec:
                  components:
                  - template: {kind: Service, metadata: {name: train}}
                  - template: {kind: Pod, metadata: {name: train-0}, spec: {containers: [{image: img, command: [bash, -c, torchrun x.py], env: [{name: A, value: canary}], resources: {requests: {cpu: 500m, memory: 2Gi}, limits: {cpu: 1, memory: 2Gi, nvidia.com/gpu: 1}}}]}}
                  - template: {kind: Pod, metadata: {name: train-1}, spec: {containers: [{image: img, command: [bash, -c, torchrun x.py], env: [{name: A, value: canary}], resources: {requests: {cpu: 500m, memory: 2Gi}, limits: {cpu: 1, memory: 2Gi, nvidia.com/gpu: 1}}}]}}
                status:
                  phase: %s
                  conditions: [{type: PodsReady, status: "True", lastTransitionTime: "2026-11-21T11:10:00Z"}]
                """
                    .formatted(name, namespace, name, ++version, labels, phase)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "a test");
    return AppWrapperRow.RESOURCE.projector().row(IDENTITY, object, clock.instant());
  }

  Row job(String namespace, String name) {
    settle();
    return cache.get(new Key(IDENTITY, JobKind.NAME, namespace, name)).orElseThrow();
  }

  List<String> names() {
    settle();
    List<String> names = new ArrayList<>();
    cache.scan(IDENTITY, JobKind.NAME, "", false, row -> names.add(row.key().name()));
    return names;
  }

  @Override
  public void close() {
    watch.close();
    writer.close();
    cache.close();
  }
}
