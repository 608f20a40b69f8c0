package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.ddp.DdpDefinition;
import dev.muster.daemon.kubernetes.ddp.DdpRay;
import dev.muster.daemon.kubernetes.ddp.DdpRay.ClusterSize;
import dev.muster.daemon.kubernetes.jobs.Places.Place;
import dev.muster.daemon.kubernetes.operations.Dashboards;
import dev.muster.daemon.ray.LocalFiles;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayOptions;
import dev.muster.daemon.ray.RaySubmission;
import dev.muster.daemon.ray.RuntimeEnv;
import dev.muster.daemon.ray.WorkingDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Submits jobs to Ray clusters: command lines, and definitions of distributed jobs. */
final class ClusterSubmitting {
  static final String CLUSTER = "cluster-name";
  static final String ADDRESS = "address";
  static final String HEADERS = "headers";
  static final String VERIFY = "verify";
  static final String WAIT = "wait-cluster";
  static final String WORKING_DIRECTORY = "working-dir";

  private static final Set<String> SETTINGS =
      Set.of(
          CLUSTER,
          ADDRESS,
          HEADERS,
          VERIFY,
          WAIT,
          WORKING_DIRECTORY,
          "scheduler",
          "runtime-env",
          "runtime-env-json",
          "env",
          "pip",
          "metadata",
          "metadata-json",
          "submission-id",
          "entrypoint-num-cpus",
          "entrypoint-num-gpus",
          "entrypoint-memory",
          "entrypoint-resources");

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Places places;
  private final ClusterJobs jobs;
  private final Pause pause;

  ClusterSubmitting(Places places, ClusterJobs jobs, Pause pause) {
    this.places = places;
    this.jobs = jobs;
    this.pause = pause;
  }

  Submitted command(
      Site site, Submission what, Given given, Progress progress, Cancellation cancellation) {
    given.only(SETTINGS, "a job on a Ray cluster");
    String id = given.maybe("submission-id").orElse(what.name());
    if (!id.isEmpty()) {
      RayOptions.submissionId(
          given.maybe("submission-id").isPresent() ? "--submission-id" : "NAME", id);
    }
    RayAddress address = address(site, given);
    Path base = site.caller().directory();
    RuntimeEnv environment = environment(given, base);
    RaySubmission submission =
        new RaySubmission(
            id,
            ShellLine.of(what.command()),
            environment.json(),
            metadata(given),
            given
                .maybe("entrypoint-num-cpus")
                .map(text -> RayOptions.number("--entrypoint-num-cpus", text))
                .orElse(null),
            given
                .maybe("entrypoint-num-gpus")
                .map(text -> RayOptions.number("--entrypoint-num-gpus", text))
                .orElse(null),
            given
                .maybe("entrypoint-memory")
                .map(text -> RayOptions.memory("--entrypoint-memory", text))
                .orElse(null),
            given
                .maybe("entrypoint-resources")
                .map(text -> RayOptions.resources("--entrypoint-resources", text))
                .orElse(Map.of()));
    Optional<LocalFiles> directory = environment.workingDirectory(base);
    List<LocalFiles> modules = environment.modules(base);
    if (what.dryRun()) {
      return DryRun.of(submission);
    }
    Place place = place(site, given.one(CLUSTER), address, given, progress, cancellation);
    refuseExisting(place, submission.id());
    RuntimeEnv sent =
        environment.withModules(
            modules.stream().map(module -> upload(place, module, progress, cancellation)).toList());
    if (directory.isPresent()) {
      sent = sent.withWorkingDir(upload(place, directory.get(), progress, cancellation));
    }
    return submitted(site, place, with(submission, sent.json()), List.of());
  }

  Submitted definition(
      Site site,
      DdpDefinition definition,
      Given given,
      boolean dryRun,
      Progress progress,
      Cancellation cancellation) {
    RayAddress address = address(site, given);
    Row row = places.cluster(site, definition.clusterName());
    DdpRay.Prepared prepared = DdpRay.prepare(site.caller(), definition, size(row));
    if (dryRun) {
      return DryRun.of(prepared.submission());
    }
    Place place = place(site, definition.clusterName(), address, given, progress, cancellation);
    refuseExisting(place, prepared.submission().id());
    String uri;
    try (Staging staged = Staging.of(prepared.directory(), prepared.extras())) {
      uri = upload(place, new WorkingDirectory(staged.directory()), progress, cancellation);
    }
    ObjectNode environment = prepared.submission().runtimeEnv().deepCopy();
    environment.put("working_dir", uri);
    return submitted(site, place, with(prepared.submission(), environment), prepared.warnings());
  }

  /** What each of a cluster's workers has, as its first group says. */
  static ClusterSize size(Row cluster) {
    JsonNode details = Yaml.fromJson(cluster.details());
    JsonNode worker = details.path("worker");
    return new ClusterSize(
        details.path("workers").path("desired").asInt(),
        (int) amount(worker, "cpu").ceiling(),
        (int) amount(worker, "gpu").ceiling(),
        amount(worker, "memory").ceiling());
  }

  /** Of a range the lower end: that much there is. */
  private static Quantity amount(JsonNode worker, String resource) {
    String text = worker.path(resource).asText("").replaceFirst("~.*", "");
    return Quantity.parse(text).orElse(Quantity.ZERO);
  }

  private static RuntimeEnv environment(Given given, Path base) {
    Optional<String> file = given.maybe("runtime-env");
    Optional<String> text = given.maybe("runtime-env-json");
    if (file.isPresent() && text.isPresent()) {
      throw Failure.usage(
          "The runtime environment is given twice, by --runtime-env and --runtime-env-json; drop"
              + " one of them.");
    }
    RuntimeEnv environment =
        file.map(name -> RuntimeEnv.read(base.resolve(name)))
            .or(() -> text.map(json -> RuntimeEnv.parse(json, "--runtime-env-json")))
            .orElseGet(RuntimeEnv::none);
    if (given.maybe(WORKING_DIRECTORY).isPresent()) {
      environment = environment.withWorkingDir(given.one(WORKING_DIRECTORY));
    }
    for (String pip : given.all("pip")) {
      environment =
          pip.endsWith(".txt")
              ? environment.withRequirements(base.resolve(pip))
              : environment.withPip(List.of(pip));
    }
    return environment.withEnv(given.pairs("env")).resolved(base);
  }

  private static Map<String, String> metadata(Given given) {
    Map<String, String> metadata =
        new LinkedHashMap<>(
            given
                .maybe("metadata-json")
                .map(text -> RayOptions.metadata("--metadata-json", text))
                .orElse(Map.of()));
    metadata.putAll(given.pairs("metadata"));
    return metadata;
  }

  private static RayAddress address(Site site, Given given) {
    return RayAddress.of(
        given.one(ADDRESS), given.one(HEADERS), given.one(VERIFY), site.caller().directory());
  }

  private Place place(
      Site site,
      String name,
      RayAddress address,
      Given given,
      Progress progress,
      Cancellation cancellation) {
    Row row = places.cluster(site, name);
    boolean waits = given.flag(WAIT);
    while (!Cluster.hasHead(row)) {
      boolean hopeless = row.state() == State.FAILED || row.state() == State.TERMINATING;
      if (!waits || hopeless || cancellation.isCancelled()) {
        throw notReady(row);
      }
      progress.at("waiting for the RayCluster " + name, 0, 0);
      pause.between(LOOK);
      row = places.cluster(site, name);
    }
    return places.at(site, row, address);
  }

  private static Failure notReady(Row cluster) {
    String name = cluster.key().name();
    return new Failure(
        Failure.Kind.FAILED,
        Cluster.standing(cluster).replaceFirst("\\.$", "")
            + ". Wait for it first: muster wait raycluster "
            + name
            + " -n "
            + cluster.key().namespace()
            + " (or add --"
            + WAIT
            + ").");
  }

  /** Before anything is sent. */
  private static void refuseExisting(Place place, String id) {
    if (id.isEmpty()) {
      return;
    }
    place
        .ray()
        .get(id)
        .ifPresent(
            job -> {
              throw new Failure(
                  Failure.Kind.EXISTS,
                  "There is a job "
                      + id
                      + " on the cluster "
                      + place.cluster().name()
                      + " already ("
                      + job.status()
                      + ").");
            });
  }

  private static String upload(
      Place place, LocalFiles files, Progress progress, Cancellation cancellation) {
    progress.at("packing " + files.path(), 0, 0);
    return place
        .ray()
        .upload(files, (done, total) -> progress.at("sending", done, total), cancellation);
  }

  private static RaySubmission with(RaySubmission of, ObjectNode environment) {
    return new RaySubmission(
        of.id(),
        of.entrypoint(),
        environment,
        of.metadata(),
        of.cpus(),
        of.gpus(),
        of.memoryBytes(),
        of.resources());
  }

  private Submitted submitted(
      Site site, Place place, RaySubmission submission, List<String> warnings) {
    Row row = jobs.submit(place, submission);
    return new Submitted(row, "", browser(site, place, row), warnings);
  }

  /** Where people can look at it; nothing that went wrong here undoes the submission. */
  private static String browser(Site site, Place place, Row row) {
    try {
      String url =
          Dashboards.exposed(site.client(), place.cluster().namespace(), place.cluster().name())
              .url();
      return url.isEmpty() ? "" : url + "/#/jobs/" + JobKind.id(row.key().name());
    } catch (RuntimeException e) {
      return "";
    }
  }
}
