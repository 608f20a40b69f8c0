package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source with a real cache behind it, as the daemon has it. */
final class Rig implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final Path directory;
  final Cache cache;
  final QueuedWriter writer;
  final KubernetesSource source;

  Rig(Path directory) {
    this.directory = directory;
    this.cache = Cache.open(directory.resolve("cache"), "test", Clock.systemUTC());
    this.writer = new QueuedWriter(cache, new ChangeFeed(), Clock.systemUTC());
    this.source =
        new KubernetesSource(
            writer,
            cache,
            directory.resolve("state"),
            Clock.systemUTC(),
            new InCluster(directory.resolve("no-service-account"), Map.of()));
  }

  Caller caller(Path kubeconfig) {
    return new Caller(
        directory,
        Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", directory.toString()),
        false);
  }

  static Target in(String namespace) {
    return new Target("", "", namespace, false);
  }

  /** Settings of a cluster that no AppWrapper wraps. */
  static Map<String, List<String>> bare(Map<String, List<String>> settings) {
    Map<String, List<String>> bare = new LinkedHashMap<>(settings);
    bare.put("appwrapper", List.of("false"));
    return bare;
  }

  static Target everywhere() {
    return new Target("", "", "", true);
  }

  Observation watched(Caller caller, Target target) {
    return source.ensureWatched(caller, target, "raycluster", PATIENCE);
  }

  /** From the cache, as a reader sees it when all that is under way has been written. */
  Optional<Row> row(Caller caller, String namespace, String name) {
    return row(caller, "raycluster", namespace, name);
  }

  Optional<Row> row(Caller caller, String kind, String namespace, String name) {
    writer.await(writer.lastEnqueued());
    String identity = source.resolve(caller, in(namespace)).identity();
    return cache.get(new Key(identity, kind, namespace, name));
  }

  List<String> names(Caller caller, String kind, String namespace) {
    writer.await(writer.lastEnqueued());
    List<String> names = new ArrayList<>();
    String identity = source.resolve(caller, in(namespace)).identity();
    cache.scan(identity, kind, namespace, false, row -> names.add(row.key().name()));
    return names;
  }

  @Override
  public void close() {
    source.close();
    writer.close();
    cache.close();
  }
}
