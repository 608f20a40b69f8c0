package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.explain.Explainer;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.operations.Wish;
import java.io.IOException;
import java.time.Duration;

/**
 * What can be done with jobs that an AppWrapper stands for. To stop one is to suspend its
 * AppWrapper, which ends its pods and keeps it; to run it again is to let it go on, or if it is
 * over, to make it anew from its own manifest.
 */
final class WrappedJobs {
  private static final Resource RESOURCE = AppWrapperRow.RESOURCE;
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Pods get half a minute to end; then they are killed. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

  private final JobWatch watch;
  private final Pause pause;

  WrappedJobs(JobWatch watch, Pause pause) {
    this.watch = watch;
    this.pause = pause;
  }

  /**
   * The AppWrapper's row as the server has it.
   *
   * @param name "AppWrapper/NAME"
   */
  private static Row wrapper(Site site, String name) {
    try {
      Row row =
          site.operations().reading().get(RESOURCE.name(), Places.one(site), JobKind.id(name));
      if (!WrappedJobRow.isJob(row)) {
        throw Failure.usage(
            "The AppWrapper "
                + row.key().name()
                + " is not a job: it has no label "
                + WrappedJobRow.APP
                + ".");
      }
      return row;
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.NOT_FOUND ? Places.none(site, name) : e;
    }
  }

  Row get(Site site, String name) {
    return WrappedJobRow.of(wrapper(site, name));
  }

  /** Whether there is one of that name, as far as the user may see. */
  boolean isThere(Site site, String name) {
    if (watch.lacks(site.scope(), RESOURCE.name())) {
      return false;
    }
    try {
      wrapper(site, name);
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  /** Its row in the cache, when this returns. */
  private Row put(Site site, Row wrapper) {
    Row row = WrappedJobRow.of(wrapper);
    site.writer().await(site.writer().put(row));
    return row;
  }

  Row stop(Site site, String name) {
    Row wrapper = wrapper(site, name);
    // One that is being suspended may only be going back in line.
    boolean stopped = wrapper.state() == State.SUSPENDED || wrapper.state() == State.TERMINATING;
    return put(
        site,
        WrappedJobRow.over(wrapper.state()) || stopped ? wrapper : suspend(site, wrapper, true));
  }

  private static Row suspend(Site site, Row wrapper, boolean suspended) {
    return site.operations()
        .suspending()
        .suspend(RESOURCE, wrapper.key().namespace(), wrapper.key().name(), suspended, false);
  }

  Row delete(Site site, String name, boolean dryRun) {
    wrapper(site, name);
    Row before =
        site.operations().deleting().delete(RESOURCE, Places.one(site), JobKind.id(name), dryRun);
    watch.settle(site.scope());
    site.writer().await(site.writer().lastEnqueued());
    return WrappedJobRow.of(before);
  }

  Row resubmit(Site site, String name) {
    Row wrapper = wrapper(site, name);
    if (wrapper.state() == State.SUSPENDED) {
      return put(site, suspend(site, wrapper, false));
    }
    if (!WrappedJobRow.over(wrapper.state())) {
      throw Failure.usage(
          "The job "
              + wrapper.key().name()
              + " is "
              + wrapper.state()
              + "; stop it first, or wait until it is over.");
    }
    String yaml = manifest(site, name, true);
    delete(site, name, false);
    awaitGone(site, name);
    return create(site, yaml, "the job's own manifest", false);
  }

  private void awaitGone(Site site, String name) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(GONE_WITHIN) < 0;
        waited = waited.plus(LOOK)) {
      try {
        wrapper(site, name);
      } catch (Failure e) {
        if (e.kind() == Failure.Kind.NOT_FOUND) {
          return;
        }
        throw e;
      }
      pause.between(LOOK);
    }
    throw new Failure(
        Failure.Kind.FAILED,
        "The job "
            + JobKind.id(name)
            + " is still being deleted after "
            + GONE_WITHIN.toSeconds()
            + " s; submit it anew when it is gone.");
  }

  String manifest(Site site, String name, boolean clean) {
    return site.operations()
        .reading()
        .manifest(RESOURCE, Places.one(site), JobKind.id(name), clean);
  }

  /** The job of an AppWrapper that is created here. */
  Row create(Site site, String yaml, String origin, boolean dryRun) {
    Wish wish = new Wish(RESOURCE, yaml, origin, Places.one(site), true);
    Row wrapper = site.operations().writing().create(wish, dryRun);
    return dryRun ? WrappedJobRow.of(wrapper) : put(site, wrapper);
  }

  Row create(Site site, ObjectNode manifest, boolean dryRun) {
    return create(site, Yaml.write(manifest), "the job", dryRun);
  }

  Row logs(Site site, LogQuery query, LogSink sink, Cancellation cancellation) throws IOException {
    Row job = get(site, query.name());
    String name = JobKind.id(query.name());
    boolean several = Yaml.fromJson(job.details()).path("pods").asInt() > 1;
    Pods pods = new Pods(site.client(), Places.one(site), name);
    PodLogs logs = new PodLogs(pods, query, several, sink, cancellation, pause);
    if (query.follow()) {
      logs.follow(() -> over(site, query.name()));
    } else {
      logs.now();
    }
    return put(site, wrapper(site, query.name()));
  }

  /** From the cache while that is live: it is asked often. */
  private boolean over(Site site, String name) {
    Row job =
        watch.observe(site.scope()).live()
            ? site.reader()
                .get(JobKind.wrapped(site.scope().identity(), Places.one(site), JobKind.id(name)))
                .orElseGet(() -> get(site, name))
            : get(site, name);
    return WrappedJobRow.over(job.state())
        || job.state() == State.SUSPENDED
        || job.state() == State.TERMINATING;
  }

  Explanation explain(Site site, String name) {
    Row wrapper = wrapper(site, name);
    Explanation of =
        Explainer.explain(
            RESOURCE, site.operations().inquiry(RESOURCE, Places.one(site), JobKind.id(name)));
    String failed =
        wrapper.state() == State.FAILED
            ? "Look at what it printed: muster logs job "
                + JobKind.id(name)
                + " -n "
                + Places.one(site)
                + "."
            : WrappedJobRow.words(of.advice());
    return new Explanation(
        WrappedJobRow.of(of.row()), WrappedJobRow.words(of.sentence()), of.causes(), failed);
  }
}
