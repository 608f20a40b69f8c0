package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.workdir.MadePackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job needs around it: <a
 * href="https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference">Ray's
 * runtime environment</a>, as users write it: with paths of this machine, which are resolved before
 * it is sent. Immutable. Fields that muster does not know go to Ray as they are.
 */
public final class RuntimeEnv {
  private static final String WORKING_DIR = "working_dir";
  private static final String ENV_VARS = "env_vars";
  private static final String EXCLUDES = "excludes";
  private static final String PY_MODULES = "py_modules";

  private final ObjectNode tree;

  private RuntimeEnv(ObjectNode tree) {
    this.tree = tree;
  }

  public static RuntimeEnv none() {
    return new RuntimeEnv(JobReader.JSON.createObjectNode());
  }

  /**
   * Reads a file of YAML or JSON.
   *
   * @throws Failure USAGE that names the file, and the line where there is a mistake
   */
  public static RuntimeEnv read(Path file) {
    return parse(Texts.read(file, "runtime environment"), file.toString());
  }

  /**
   * Reads a text.
   *
   * @param text YAML or JSON
   * @param origin what it came from: an option's name, a file's
   * @throws Failure USAGE; it quotes no value, which can be a secret
   */
  public static RuntimeEnv parse(String text, String origin) {
    JsonNode parsed = Texts.parse(text, origin);
    if (parsed.isMissingNode() || parsed.isNull()) {
      return none();
    }
    if (!(parsed instanceof ObjectNode tree)) {
      throw Failure.usage(
          origin + " must be fields of a runtime environment, such as working_dir: . or pip: [x].");
    }
    checkVariables(tree.path(ENV_VARS), origin);
    checkTexts(tree.path(EXCLUDES), origin + ": excludes must be a list of patterns.");
    checkTexts(tree.path(PY_MODULES), origin + ": py_modules must be a list of paths and URIs.");
    return new RuntimeEnv(tree);
  }

  /** A directory of this machine, or a URI that Ray's nodes can read; instead of another one. */
  public RuntimeEnv withWorkingDir(String directoryOrUri) {
    ObjectNode copy = tree.deepCopy();
    copy.put(WORKING_DIR, directoryOrUri);
    if (isUri(directoryOrUri)) {
      copy.remove(EXCLUDES);
    }
    return new RuntimeEnv(copy);
  }

  /** More packages for pip, beside those that it has as a list. */
  public RuntimeEnv withPip(List<String> packages) {
    ObjectNode copy = tree.deepCopy();
    JsonNode pip = copy.path("pip");
    if (pip.isTextual()) {
      throw Failure.usage(
          "pip names the file "
              + pip.asText()
              + " in the runtime environment, and more packages were given: put them there.");
    }
    ArrayNode list =
        pip.isObject() ? ((ObjectNode) pip).withArray("/packages") : copy.withArray("/pip");
    packages.forEach(list::add);
    return new RuntimeEnv(copy);
  }

  /** The packages of a requirements file, beside those that it has as a list. */
  public RuntimeEnv withRequirements(Path file) {
    return withPip(requirements(file));
  }

  /** More variables; a name that is there already gets the new value. */
  public RuntimeEnv withEnv(Map<String, String> variables) {
    if (variables.isEmpty()) {
      return this;
    }
    ObjectNode copy = tree.deepCopy();
    ObjectNode all = copy.withObject("/" + ENV_VARS);
    variables.forEach(all::put);
    return new RuntimeEnv(copy);
  }

  /** The working directory if it is one of this machine, or a zip file of it: to be uploaded. */
  public Optional<LocalFiles> workingDirectory(Path base) {
    String said = tree.path(WORKING_DIR).asText("");
    if (said.isEmpty() || isUri(said)) {
      return Optional.empty();
    }
    Path path = base.resolve(said).normalize();
    return Optional.of(
        said.endsWith(".zip") && !Files.isDirectory(path)
            ? new LocalArchive(path)
            : new WorkingDirectory(path, excludes()));
  }

  private List<String> excludes() {
    List<String> excludes = new ArrayList<>();
    tree.path(EXCLUDES).forEach(line -> excludes.add(line.asText()));
    return excludes;
  }

  /**
   * What py_modules names of this machine, to be uploaded: directories and {@code .py} files,
   * wheels and zip files.
   *
   * @throws Failure USAGE that names what is not there, or nothing of these
   */
  public List<LocalFiles> modules(Path base) {
    List<LocalFiles> modules = new ArrayList<>();
    for (JsonNode module : tree.path(PY_MODULES)) {
      if (!isUri(module.asText())) {
        modules.add(module(base.resolve(module.asText()).normalize()));
      }
    }
    return modules;
  }

  private LocalFiles module(Path path) {
    String name = path.getFileName().toString();
    if (Files.isDirectory(path)) {
      return new LocalModule(path, excludes());
    }
    if (name.endsWith(".whl") || name.endsWith(".zip")) {
      MadePackage.check(path);
      return new LocalArchive(path);
    }
    if (!Files.exists(path)) {
      throw Failure.usage("py_modules names " + path + ", and there is none.");
    }
    if (!name.endsWith(".py")) {
      throw Failure.usage(
          "py_modules names " + path + ", which is no directory, .py, .whl or .zip file.");
    }
    return new LocalModule(path, List.of());
  }

  /** With these URIs in the place of what {@link #modules} answers, in its order. */
  public RuntimeEnv withModules(List<String> uris) {
    if (uris.isEmpty()) {
      return this;
    }
    ObjectNode copy = tree.deepCopy();
    Iterator<String> next = uris.iterator();
    ArrayNode all = JobReader.JSON.createArrayNode();
    copy.path(PY_MODULES).forEach(m -> all.add(isUri(m.asText()) ? m.asText() : next.next()));
    copy.set(PY_MODULES, all);
    copy.remove(EXCLUDES);
    return new RuntimeEnv(copy);
  }

  /**
   * With the content of the files of this machine that pip, uv and conda name, as Ray wants it.
   *
   * @param base what relative paths are relative to
   * @throws Failure USAGE for a file that cannot be read, and for what cannot be sent
   */
  public RuntimeEnv resolved(Path base) {
    ObjectNode copy = tree.deepCopy();
    for (String installer : List.of("pip", "uv")) {
      JsonNode said = copy.path(installer);
      JsonNode packages = said.path("packages");
      if (said.isTextual()) {
        copy.set(installer, list(requirements(base.resolve(said.asText()))));
      } else if (packages.isTextual()) {
        ((ObjectNode) said).set("packages", list(requirements(base.resolve(packages.asText()))));
      }
    }
    String conda = copy.path("conda").asText("");
    if (conda.endsWith(".yaml") || conda.endsWith(".yml")) {
      Path file = base.resolve(conda);
      copy.set("conda", Texts.parse(Texts.read(file, "conda environment"), file.toString()));
    }
    return new RuntimeEnv(copy);
  }

  /** As it is sent. */
  public ObjectNode json() {
    return tree.deepCopy();
  }

  /** Names fields only: values can be secrets. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return "RuntimeEnv" + names;
  }

  private static boolean isUri(String text) {
    return text.contains("://");
  }

  /** One package a line, without comments and blank lines. */
  private static List<String> requirements(Path file) {
    if (Files.isDirectory(file)) {
      throw Failure.usage(file + " is a directory, not a requirements file.");
    }
    return Texts.read(file, "requirements file")
        .lines()
        .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static ArrayNode list(List<String> lines) {
    ArrayNode list = JobReader.JSON.createArrayNode();
    lines.forEach(list::add);
    return list;
  }

  private static void checkVariables(JsonNode variables, String origin) {
    if (!variables.isMissingNode() && !variables.isObject()) {
      throw Failure.usage(origin + ": env_vars must be names and values.");
    }
    variables
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isTextual()) {
                throw Failure.usage(
                    origin
                        + ": the value of "
                        + entry.getKey()
                        + " in env_vars must be text: put it in quotes.");
              }
            });
  }

  private static void checkTexts(JsonNode list, String otherwise) {
    boolean texts = list.isArray() || list.isMissingNode();
    for (JsonNode text : list) {
      texts &= text.isTextual() && !text.asText().isEmpty();
    }
    if (!texts) {
      throw Failure.usage(otherwise);
    }
  }
}
