package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.LocalArchive;
import dev.muster.daemon.ray.LocalFiles;
import dev.muster.daemon.ray.RuntimeEnv;
import dev.muster.daemon.ray.workdir.MadePackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A RayJob's runtime environment, put together from a file or a text and single options.
 *
 * @param tree as Ray wants it, without a working directory of this machine
 * @param directory of this machine, or a zip file, that is to be the working directory; null for
 *     none
 */
record JobEnv(ObjectNode tree, LocalFiles directory) {
  private static final String FILE = "runtime-env";
  private static final String TEXT = "runtime-env-json";
  private static final String WORKING_DIR = "working-dir";

  /**
   * @param otherwise the template's, as YAML; empty for none
   * @param elsewhere a working directory that is no path of this machine, though it looks like one;
   *     empty for none
   */
  static JobEnv of(Settings settings, Caller caller, String otherwise, String elsewhere) {
    Path here = caller.directory();
    RuntimeEnv env =
        read(settings, here, otherwise)
            .withEnv(settings.pairs("env", Syntax::variable, Syntax::anything));
    env = packages(settings, here, env.resolved(here));
    Optional<String> option = settings.text(WORKING_DIR);
    String said = env.json().path("working_dir").asText("");
    boolean away = !said.isEmpty() && said.equals(elsewhere);
    if (option.isPresent() && env.json().has("working_dir") && !away) {
      throw Failure.usage(
          "--working-dir and the runtime environment's working_dir do not go together.");
    }
    env = option.isPresent() ? env.withWorkingDir(option.get()) : env;
    if (!env.modules(here).isEmpty()) {
      throw Failure.usage(
          "py_modules names what is on this machine, and the pod that submits a RayJob has no way to"
              + " it: put it into the working directory, or use muster submit job.");
    }
    LocalFiles directory =
        away && option.isEmpty() ? null : env.workingDirectory(here).orElse(null);
    ObjectNode tree = env.json();
    if (directory != null) {
      check(directory);
      tree.remove(List.of("working_dir", "excludes"));
    }
    return new JobEnv(tree, directory);
  }

  /** The same with a working directory that is there where the job is submitted. */
  JobEnv in(String workingDirectory) {
    return new JobEnv(tree.deepCopy().put("working_dir", workingDirectory), null);
  }

  private static RuntimeEnv read(Settings settings, Path here, String otherwise) {
    Optional<String> file = settings.text(FILE);
    Optional<String> text = settings.text(TEXT);
    if (file.isPresent() && text.isPresent()) {
      throw Failure.usage("--runtime-env and --runtime-env-json do not go together.");
    }
    if (file.isPresent()) {
      return RuntimeEnv.read(here.resolve(file.get()).normalize());
    }
    return RuntimeEnv.parse(
        text.orElse(otherwise), text.isPresent() ? "--" + TEXT : "The RayJob's runtimeEnvYAML");
  }

  private static RuntimeEnv packages(Settings settings, Path here, RuntimeEnv env) {
    RuntimeEnv more = env;
    for (String value : settings.texts("pip")) {
      more =
          value.endsWith(".txt")
              ? more.withRequirements(here.resolve(value).normalize())
              : more.withPip(List.of(value.strip()));
    }
    return more;
  }

  private static void check(LocalFiles files) {
    Path directory = files.path();
    if (files instanceof LocalArchive && Files.exists(directory)) {
      MadePackage.check(directory);
    } else if (!Files.isDirectory(directory)) {
      throw Failure.usage(
          "--working-dir: "
              + directory
              + (Files.exists(directory) ? " is not a directory." : " does not exist."));
    }
  }
}
