package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.RayAddress;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a RayJob is submitted to Ray, and what its entrypoint reserves there. */
final class JobFields {
  private static final String SUBMITTER = "K8sJobMode";

  private static final List<String> MODES =
      List.of(SUBMITTER, "HTTPMode", "SidecarMode", RayJobPlan.INTERACTIVE);

  private static final int MOST = 999_999_999;

  private final Settings settings;
  private final ObjectNode spec;
  private final List<String> warnings;

  /**
   * @param spec of the RayJob, which has its entrypoint already
   */
  JobFields(Settings settings, ObjectNode spec, List<String> warnings) {
    this.settings = settings;
    this.spec = spec;
    this.warnings = warnings;
  }

  void set() {
    settings.checked("submission-id", JobFields::submission).ifPresent(id -> spec.put("jobId", id));
    positive("active-deadline-seconds")
        .ifPresent(seconds -> spec.put("activeDeadlineSeconds", seconds));
    settings.count("backoff-limit", MOST).ifPresent(n -> spec.put("backoffLimit", n));
    number("entrypoint-num-cpus").ifPresent(n -> spec.put("entrypointNumCpus", n));
    number("entrypoint-num-gpus").ifPresent(n -> spec.put("entrypointNumGpus", n));
    resources();
    metadata();
  }

  private static Optional<String> submission(String id) {
    return id.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
        ? Optional.empty()
        : Optional.of("is not an id of a submission: use letters, digits, \"_\", \"-\" and \".\"");
  }

  private Optional<Integer> positive(String option) {
    Optional<Integer> number = settings.count(option, MOST);
    if (number.isPresent() && number.get() == 0) {
      Settings.complain(option, "0", "must be more than 0");
    }
    return number;
  }

  private Optional<BigDecimal> number(String option) {
    return settings
        .text(option)
        .map(
            value -> {
              if (!value.matches("\\d{1,6}(\\.\\d{1,6})?")) {
                Settings.complain(option, value, "is not a number such as 1 or 0.5");
              }
              return new BigDecimal(value);
            });
  }

  private void resources() {
    if (!settings.has("entrypoint-resources")) {
      return;
    }
    ObjectNode resources = object("entrypoint-resources", "{\"special\": 1}");
    for (Map.Entry<String, JsonNode> resource : resources.properties()) {
      if (!resource.getValue().isNumber() || resource.getValue().decimalValue().signum() < 0) {
        Settings.complain(
            "entrypoint-resources", resource.getKey(), "has no amount: it must be a number");
      }
    }
    spec.put("entrypointResources", Yaml.json(resources));
  }

  private void metadata() {
    Map<String, String> pairs = settings.pairs("metadata", Syntax::anything, Syntax::anything);
    if (!pairs.isEmpty()) {
      ObjectNode metadata = spec.withObjectProperty("metadata");
      pairs.forEach(metadata::put);
    }
    if (!settings.has("metadata-json")) {
      return;
    }
    ObjectNode given = object("metadata-json", "{\"team\": \"a\"}");
    ObjectNode metadata = spec.withObjectProperty("metadata");
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (!entry.getValue().isTextual()) {
        Settings.complain(
            "metadata-json", entry.getKey(), "has a value that is no text in quotation marks");
      }
      metadata.set(entry.getKey(), entry.getValue());
    }
  }

  private ObjectNode object(String option, String example) {
    String text = settings.text(option).orElse("");
    if (Yaml.parse(text.getBytes(StandardCharsets.UTF_8), "--" + option)
        instanceof ObjectNode object) {
      return object;
    }
    throw Failure.usage("--" + option + " is not a JSON object such as " + example + ".");
  }

  /** Of the entrypoint, in bytes; null if nothing is said. */
  Long memory() {
    Optional<String> text = settings.text("entrypoint-memory");
    if (text.isEmpty()) {
      return null;
    }
    Optional<Quantity> quantity = Quantity.parse(text.get());
    if (quantity.isEmpty() || quantity.get().compareTo(Quantity.ZERO) <= 0) {
      Settings.complain(
          "entrypoint-memory", text.get(), "is not a number of bytes, or a quantity such as 2Gi");
    }
    if (!mode().equals(RayJobPlan.INTERACTIVE)) {
      throw Failure.usage(
          "--entrypoint-memory: a RayJob has no field for it; with --submission-mode InteractiveMode muster tells Ray itself.");
    }
    return quantity.orElseThrow().ceiling();
  }

  /**
   * Of the dashboard.
   *
   * @param sends whether files are sent there
   * @throws Failure USAGE if it is said how to send something, and nothing is
   */
  RayAddress address(Caller caller, boolean sends) {
    RayAddress address =
        RayAddress.of(
            settings.text("address").orElse(""),
            settings.text("headers").orElse(""),
            settings.text("verify").orElse(""),
            caller.directory());
    boolean interactive = mode().equals(RayJobPlan.INTERACTIVE);
    if (!sends && !interactive && !(address.headers().isEmpty() && address.verify().isEmpty())) {
      throw Failure.usage(
          (address.headers().isEmpty() ? "--verify" : "--headers")
              + " is about requests to Ray's dashboard, and nothing is sent there for this job: KubeRay submits it.");
    }
    return address;
  }

  private String mode() {
    return spec.path("submissionMode").asText(MODES.getFirst());
  }

  /**
   * Whether a pod submits the job, which can bring files along.
   *
   * @param own whether its cluster is its own
   * @param manifest whether the spec is somebody's own
   */
  boolean bySubmitter(boolean own, boolean manifest) {
    Optional<String> option = settings.text("submission-mode");
    // An address is where the files are to be sent.
    boolean elsewhere = settings.has("entrypoint-memory") || settings.has("address");
    if (elsewhere || !option.orElse(mode()).equalsIgnoreCase(SUBMITTER)) {
      return false;
    }
    return option.isPresent() || manifest || isPlain(own);
  }

  /**
   * @param cluster that is there already; empty for one of the job's own
   * @param files whether a directory of this machine is to be sent
   * @param manifest whether the spec is somebody's own, whose mode is not ours to choose
   */
  void mode(String cluster, boolean files, boolean manifest) {
    Optional<String> option = settings.text("submission-mode");
    boolean own = cluster.isEmpty();
    if (option.isPresent()) {
      String mode =
          MODES.stream().filter(m -> m.equalsIgnoreCase(option.get())).findFirst().orElse("");
      if (mode.isEmpty()) {
        Settings.complain(
            "submission-mode", option.get(), "is none of " + String.join(", ", MODES));
      }
      spec.put("submissionMode", mode);
    } else if (files && own) {
      spec.put("submissionMode", RayJobPlan.INTERACTIVE);
    } else if (!manifest && mode().equals(SUBMITTER) && !isPlain(own)) {
      spec.put("submissionMode", "HTTPMode");
    }
    if (files && own && !mode().equals(RayJobPlan.INTERACTIVE)) {
      throw Failure.usage(
          "Files are sent to the job's own cluster when it is there, so the job must wait for them: drop --submission-mode, or say InteractiveMode.");
    }
    if (mode().equals("SidecarMode") && !own) {
      throw Failure.usage(
          "SidecarMode puts the submitter into the head pod of the job's own cluster; for the cluster "
              + cluster
              + " say HTTPMode or K8sJobMode.");
    }
    if (mode().equals(RayJobPlan.INTERACTIVE)) {
      interactive();
    }
  }

  /**
   * KubeRay 1.5 pastes the entrypoint into a command line of the submitter's shell, and passes no
   * metadata to a cluster that is there; in a request to the dashboard both arrive as they are.
   */
  private boolean isPlain(boolean own) {
    boolean told = spec.path("metadata").isEmpty() || own;
    return told && ShellWords.isPlain(spec.path("entrypoint").asText());
  }

  private void interactive() {
    if (spec.path("backoffLimit").asInt(0) > 0) {
      throw Failure.usage(
          "--backoff-limit: KubeRay tries no job again that is submitted by somebody else (InteractiveMode).");
    }
    if (settings.flag("suspend").orElse(spec.path("suspend").asBoolean())) {
      throw Failure.usage(
          "--suspend: a job that waits for its files to be sent (InteractiveMode) cannot begin suspended.");
    }
  }
}
