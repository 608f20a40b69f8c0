package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.Served;
import dev.muster.daemon.kubernetes.ddp.Archive;
import dev.muster.daemon.kubernetes.ddp.DdpDefinition;
import dev.muster.daemon.kubernetes.ddp.DdpDefinitions;
import dev.muster.daemon.kubernetes.ddp.DdpPods;
import dev.muster.daemon.kubernetes.ddp.PodsJob;
import dev.muster.daemon.kubernetes.define.LocalQueue;
import dev.muster.daemon.kubernetes.define.Queueing;
import dev.muster.daemon.kubernetes.define.Wrapper.Shape;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.ray.workdir.WorkingPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Submits jobs to Kubernetes, as pods in an AppWrapper. */
final class PodSubmitting {
  private static final String QUEUE = "local-queue";

  /** Those of {@link PodsJob#of(String, List, Map, Archive)}. */
  private static final Set<String> OF_POD =
      Set.of(
          "image", "cpu", "gpu", "mem-mb", "h", "env", "mounts", "max-retries", "scheduler-args");

  private static final Set<String> OTHERS =
      Set.of(ClusterSubmitting.WORKING_DIRECTORY, "scheduler", QUEUE);

  private final WrappedJobs jobs;

  PodSubmitting(WrappedJobs jobs) {
    this.jobs = jobs;
  }

  Submitted command(Site site, Submission what, Given given, Cancellation cancellation) {
    Set<String> known = new java.util.HashSet<>(OF_POD);
    known.addAll(OTHERS);
    given.only(known, "a job that is a pod of its own");
    if (what.name().isEmpty()) {
      throw Failure.usage("A job that is a pod of its own needs a name.");
    }
    Map<String, List<String>> settings = new LinkedHashMap<>(what.settings());
    settings.keySet().retainAll(OF_POD);
    Optional<Path> directory =
        given
            .maybe(ClusterSubmitting.WORKING_DIRECTORY)
            .map(name -> site.caller().directory().resolve(name).normalize());
    Archive archive = directory.map(path -> packed(path, cancellation)).orElse(Archive.NONE);
    PodsJob job = PodsJob.of(what.name(), ShellLine.words(what.command()), settings, archive);
    return create(site, job, given.maybe(QUEUE), what.dryRun());
  }

  Submitted definition(
      Site site, DdpDefinition definition, boolean dryRun, Cancellation cancellation) {
    Archive archive =
        definition.workspace() == null
            ? DdpDefinitions.script(site.caller(), definition)
            : packed(DdpDefinitions.workspace(site.caller(), definition), cancellation);
    PodsJob job = PodsJob.of(definition, archive);
    return create(site, job, Optional.ofNullable(definition.localQueue()), dryRun);
  }

  private Submitted create(Site site, PodsJob job, Optional<String> queue, boolean dryRun) {
    List<String> warnings = new ArrayList<>();
    String namespace = Places.one(site);
    Optional<String> queued =
        Queueing.queue(queue, namespace, where -> queues(site, where), warnings);
    ObjectNode manifest = DdpPods.manifest(job, namespace, shape(site), queued, warnings);
    if (dryRun) {
      return new Submitted(null, Yaml.write(manifest), "", warnings);
    }
    Row row = jobs.create(site, manifest, false);
    return new Submitted(row, "", "", warnings);
  }

  /** The newest that the server has. */
  private static Shape shape(Site site) {
    Served served = site.client().get().served(AppWrapperRow.RESOURCE);
    return served
        .highest()
        .map(served::apiVersion)
        .flatMap(Shape::of)
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.FAILED,
                    "A job that is pods of its own comes in an AppWrapper, and the server has no"
                        + " such kind (the AppWrapper operator is not installed): name a Ray"
                        + " cluster with --cluster-name instead."));
  }

  private static Optional<List<LocalQueue>> queues(Site site, String namespace) {
    try {
      return Optional.of(
          site.operations().reading().list(LocalQueueRow.KIND, namespace).stream()
              .map(
                  row ->
                      new LocalQueue(
                          row.key().name(),
                          Yaml.fromJson(row.details()).path("default").asBoolean()))
              .toList());
    } catch (Failure e) {
      // FAILED: there is no Kueue.
      return e.kind() == Failure.Kind.FAILED ? Optional.of(List.of()) : Optional.empty();
    }
  }

  private static Archive packed(Path directory, Cancellation cancellation) {
    WorkingPackage packed = WorkingPackage.of(directory, List.of(), cancellation::isCancelled);
    try {
      Path file = Files.createTempFile("muster-package-", ".zip");
      try {
        packed.write(file);
        return Archive.zip(Files.readAllBytes(file));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED,
          "The package of " + directory + " cannot be kept: " + e.getMessage() + ".",
          e);
    }
  }
}
