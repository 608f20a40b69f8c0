package dev.muster.daemon.kubernetes.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.JobFiles;
import dev.muster.daemon.kubernetes.define.LocalQueues;
import dev.muster.daemon.kubernetes.define.RayJobDefinition;
import dev.muster.daemon.kubernetes.define.RayJobPlan;
import dev.muster.daemon.kubernetes.jobs.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The RayJob that somebody wants.
 *
 * @param origin what it comes from, for messages
 */
record Wanted(RayJobPlan plan, String origin) {
  /** What options are set on is named by an option here, since submitting has no other place. */
  private static final String TEMPLATE = "template";

  /**
   * By a manifest, in a file or as text, and options; or by options alone.
   *
   * @param queues null: nobody can say
   */
  static Wanted of(Site site, Submission what, LocalQueues queues) {
    Map<String, List<String>> options = new LinkedHashMap<>(what.settings());
    List<String> templates = options.remove(TEMPLATE);
    boolean described = !what.command().isEmpty() || options.containsKey("entrypoint");
    if (what.text().isEmpty() && what.file().isEmpty() && described) {
      String template = templates == null ? "" : templates.getLast();
      return new Wanted(
          RayJobDefinition.plan(
              site.caller(), site.target(), what.name(), options, what.command(), template, queues),
          "What the options describe");
    }
    if (templates != null) {
      throw Failure.usage(
          "--template is for a job that options describe; a manifest is its own template.");
    }
    String origin = origin(what);
    String text = what.text().isEmpty() ? read(site, what, origin) : what.text();
    List<JsonNode> documents = Yaml.documents(text.getBytes(StandardCharsets.UTF_8), origin);
    ObjectNode manifest =
        manifest(documents.isEmpty() ? MissingNode.getInstance() : documents.getFirst(), origin);
    ObjectNode secret = secret(documents, manifest, origin);
    // A file that was found by the job's name may call the job otherwise.
    boolean found = what.text().isEmpty() && what.file().isEmpty();
    return new Wanted(
        RayJobDefinition.plan(
            site.caller(),
            site.target(),
            found ? "" : what.name(),
            options,
            what.command(),
            manifest,
            secret,
            queues),
        origin);
  }

  private static String origin(Submission what) {
    if (!what.file().isEmpty()) {
      return what.file();
    }
    if (!what.text().isEmpty()) {
      return "standard input";
    }
    if (what.name().isEmpty()) {
      throw Failure.usage(
          "There is nothing to submit: type the command behind \"--\", such as -- python train.py,"
              + " or name a manifest with -f.");
    }
    return what.name() + ".yaml";
  }

  private static String read(Site site, Submission what, String origin) {
    Path path = site.caller().directory().resolve(origin).normalize();
    try {
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "There is no file "
              + path
              + (what.file().isEmpty()
                  ? "; type the job's command behind \"--\", or name a manifest with -f."
                  : "."),
          e);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, "The file " + path + " cannot be read.", e);
    }
  }

  /** With the job's files, as the definition of a RayJob has it behind the job; null for none. */
  private static ObjectNode secret(List<JsonNode> documents, ObjectNode manifest, String origin) {
    if (documents.size() == 1) {
      return null;
    }
    JsonNode second = documents.get(1);
    boolean files =
        documents.size() == 2
            && second.path("kind").asText("").equals("Secret")
            && JobFiles.mounted(manifest)
                .equals(Optional.of(second.at("/metadata/name").asText("")));
    if (!files) {
      throw Failure.usage(
          origin
              + " holds more than one document: beside a RayJob there can be the Secret of its files alone.");
    }
    return (ObjectNode) second;
  }

  private static ObjectNode manifest(JsonNode document, String origin) {
    if (!(document instanceof ObjectNode tree)) {
      throw Failure.usage(origin + " holds no Kubernetes object.");
    }
    String kind = tree.path("kind").asText("");
    String version = tree.path("apiVersion").asText("");
    if (!kind.equals("RayJob") || !version.startsWith("ray.io/")) {
      throw Failure.usage(
          origin
              + (kind.isEmpty()
                  ? " holds no RayJob (ray.io): it has no kind."
                  : " holds the kind " + kind + " (" + version + "), not a RayJob (ray.io)."));
    }
    if (!tree.path("metadata").isObject() || !tree.path("spec").isObject()) {
      throw Failure.usage(origin + ": the RayJob has no metadata or no spec.");
    }
    return tree;
  }
}
