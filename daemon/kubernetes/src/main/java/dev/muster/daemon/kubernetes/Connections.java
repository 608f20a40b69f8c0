package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.clients.Verification;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.Verifier;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.jobs.JobWatch;
import dev.muster.daemon.kubernetes.jobs.Noticed;
import dev.muster.daemon.kubernetes.jobs.Rays;
import dev.muster.daemon.kubernetes.operations.Operations;
import dev.muster.daemon.kubernetes.reach.Ways;
import dev.muster.daemon.ray.HttpRayJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** All that is open to servers: the clients, and the watches that they serve. */
final class Connections implements AutoCloseable {
  private static final Duration PLUGIN = Duration.ofSeconds(30);

  private final Noticed writer;
  private final CacheReader reader;
  private final Clock clock;
  private final Pause pause;
  private final ApiClients clients;
  private final Watches watches;
  private final Ways ways;
  private final Rays rays;
  private final JobWatch jobs;
  private final ExecutorService questions = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param writer gets what is seen
   * @param reader says when something was last seen, over restarts
   * @param clock stamps what is seen
   * @param pause between two looks at the same thing
   */
  Connections(CacheWriter writer, CacheReader reader, Clock clock, Pause pause) {
    this.writer = new Noticed(writer);
    this.reader = reader;
    this.clock = clock;
    this.pause = pause;
    this.clients = new ApiClients(new ExecPlugins(clock, PLUGIN));
    this.watches = new Watches(this.writer, reader, clients, clock);
    this.ways = new Ways(clock);
    this.rays = new Rays(ways, HttpRayJobs::new);
    this.jobs =
        new JobWatch(
            this.writer,
            reader,
            new Objects(watches),
            rays,
            clock,
            Ticker.system(),
            () -> ThreadLocalRandom.current().nextLong(),
            questions);
    var unused = watches.listen(jobs::baseChanged);
  }

  Watches watches() {
    return watches;
  }

  ApiClient client(Access access) {
    return clients.get(access);
  }

  /** What is known of the objects that jobs come from. */
  private record Objects(Watches watches) implements JobWatch.Base {
    @Override
    public Observation observe(Scope scope, String kind) {
      return watches.observe(scope, kind);
    }

    @Override
    public boolean absent(Scope scope, String kind) {
      // Who may not see AppWrappers has jobs on clusters all the same.
      return watches.absent(scope, kind)
          || (kind.equals(AppWrapperRow.KIND) && watches.forbidden(scope, kind));
    }
  }

  JobWatch jobs() {
    return jobs;
  }

  Ways ways() {
    return ways;
  }

  Rays rays() {
    return rays;
  }

  CacheReader reader() {
    return reader;
  }

  CacheWriter writer() {
    return writer;
  }

  Clock clock() {
    return clock;
  }

  /** What can be done with that access. */
  Operations operations(Access access) {
    return new Operations(
        clients.get(access), watches.rows(access.identity()), writer, clock, pause);
  }

  Verifier verifier() {
    return new Verification(clients);
  }

  /** Whoever has that credential is not watched for any more, also as somebody else. */
  void forget(Access signedOut) {
    jobs.forget(client -> signedOut.hasLoginOf(client.access()));
    watches.forget(signedOut::hasLoginOf);
    clients.forget(signedOut::hasLoginOf);
  }

  @Override
  public void close() {
    jobs.close();
    questions.shutdownNow();
    watches.close();
    ways.close();
    clients.close();
  }
}
