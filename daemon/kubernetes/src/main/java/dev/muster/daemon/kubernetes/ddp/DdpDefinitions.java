package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes definitions of jobs and reads them. The settings are these, by long option; a file has the
 * same as keys, in codeflare-sdk's spelling:
 *
 * <pre>
 * option          key             values
 * --script        script          path relative to the workspace, or absolute in the image
 * --m             m               Python module; exactly one of script and m
 * --script-args   script_args     words as a shell reads them, repeatable; or ['--lr', '0.1']
 * --name          name            otherwise made of the script's file name or the module
 * --cpu           cpu             whole number, of each node
 * --gpu           gpu             the same
 * --mem-mb        memMB           the same (also --memMB)
 * --h             h               type of machine
 * --j             j               [MIN:]NODESxPROCESSES, or NODES
 * --env           env             K=V, repeatable, or with commas between, or {'K': 'V'}
 * --max-retries   max_retries     whole number
 * --mounts        mounts          type=bind|volume,src=..,dst=..[,readonly], repeatable
 * --rdzv-port     rdzv_port       1 to 65535; 29500
 * --rdzv-backend  rdzv_backend    c10d, static, etcd-v2, etcd
 * --scheduler-args scheduler_args K=V like --env: namespace, service_account, priority,
 *                                 priority_class_name, image_secret, coscheduler_name, network,
 *                                 image_repo; for Ray: requirements
 * --image         image           of the pods
 * --workspace     workspace       directory, relative to the caller's
 * --scheduler     scheduler       ray or kubernetes
 * --cluster-name  cluster_name    RayCluster
 * --local-queue   local_queue     Kueue's; empty: none
 * </pre>
 */
public final class DdpDefinitions {
  private static final String SUFFIX = ".job.yaml";

  private DdpDefinitions() {}

  /** Where a definition of that name is looked for. */
  public static String fileName(String name) {
    return name + SUFFIX;
  }

  /**
   * Makes one of options.
   *
   * @param name empty: the setting "name", else the template's, else made of the script or module
   * @param template a file with fields that are taken where no setting says otherwise; empty: none
   * @throws Failure USAGE with one sentence
   */
  public static Definition define(
      Caller caller, String name, Map<String, List<String>> settings, String template) {
    Said said = new Said();
    if (!template.isEmpty()) {
      said.over(read(caller, template, Failure.Kind.USAGE));
    }
    said.over(typed(name, settings));
    DdpDefinition definition = said.definition();
    check(caller, definition);
    said.put(Field.NAME, TextNode.valueOf(definition.name()), "--name");
    return new Definition(
        definition.name(),
        fileName(definition.name()),
        DdpFile.write(definition.name(), said),
        warnings(definition));
  }

  /**
   * Reads a definition that is there, with settings over it.
   *
   * @param name of the job; empty: as the file says
   * @param file in the caller's directory; empty: NAME.job.yaml
   * @param text of the file, if the caller has read it; else empty
   * @throws Failure NOT_FOUND if there is no such file, USAGE if it is wrong
   */
  public static DdpDefinition load(
      Caller caller, String name, String file, String text, Map<String, List<String>> settings) {
    Said said =
        text.isEmpty()
            ? read(caller, file.isEmpty() ? fileName(name) : file, Failure.Kind.NOT_FOUND)
            : DdpFile.read(
                text.getBytes(StandardCharsets.UTF_8), file.isEmpty() ? "standard input" : file);
    said.over(typed(name, settings));
    DdpDefinition definition = said.definition();
    check(caller, definition);
    return definition;
  }

  /** The directory that goes with a job: its workspace, else the caller's. */
  public static Path workspace(Caller caller, DdpDefinition definition) {
    String said = definition.workspace() == null ? "" : definition.workspace();
    try {
      Path path = said.startsWith("file:") ? fromUri(said) : Path.of(said);
      return caller.directory().resolve(path).normalize();
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.Kind.USAGE, "The workspace " + said + " is not a directory's path.", e);
    }
  }

  /**
   * The script alone, as a zip that unpacks to where the definition says it is: what goes with pods
   * if the definition names no workspace. A workspace goes whole, as {@link
   * dev.muster.daemon.ray.WorkingDirectory} packs it.
   *
   * @return none if the script, or a module, is in the image
   */
  public static Archive script(Caller caller, DdpDefinition definition) {
    String script = definition.script();
    if (script == null || script.startsWith("/")) {
      return Archive.NONE;
    }
    Path workspace = workspace(caller, definition);
    Path path = workspace.resolve(script).normalize();
    try {
      return Archive.of(Map.of(workspace.relativize(path).toString(), Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, "The script " + path + " cannot be read.", e);
    }
  }

  private static Path fromUri(String text) {
    // codeflare-sdk and TorchX write file://DIR; "file://." is relative, which no URI can be.
    return text.startsWith("file:///") ? Path.of(URI.create(text)) : Path.of(text.substring(7));
  }

  private static Said typed(String name, Map<String, List<String>> settings) {
    Said said = Typed.read(settings);
    if (name.isEmpty()) {
      return said;
    }
    Said named = Typed.read(Map.of("name", List.of(name)));
    if (said.has(Field.NAME)
        && !said.values().get(Field.NAME).equals(named.values().get(Field.NAME))) {
      throw Failure.usage(
          "Two names are given, "
              + name
              + " and --name "
              + said.values().get(Field.NAME).asText()
              + "; drop one of them.");
    }
    said.over(named);
    return said;
  }

  private static Said read(Caller caller, String file, Failure.Kind missing) {
    Path path = caller.directory().resolve(file).normalize();
    try {
      return DdpFile.read(Files.readAllBytes(path), file);
    } catch (NoSuchFileException e) {
      throw new Failure(
          missing,
          "There is no definition "
              + file
              + " in "
              + path.getParent()
              + "; `muster define job` makes one.",
          e);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, "The definition " + path + " cannot be read.", e);
    }
  }

  /** What the definition needs of this machine is there. */
  private static void check(Caller caller, DdpDefinition definition) {
    Path workspace = workspace(caller, definition);
    if (!Files.isDirectory(workspace)) {
      throw Failure.usage("There is no directory " + workspace + ", which is the workspace.");
    }
    String script = definition.script();
    if (script == null || script.startsWith("/")) {
      return;
    }
    Path path = workspace.resolve(script).normalize();
    if (!path.startsWith(workspace)) {
      throw Failure.usage(
          "The script " + script + " is not in the workspace " + workspace + "; set --workspace.");
    }
    if (!Files.isRegularFile(path)) {
      throw Failure.usage("There is no script " + script + " in " + workspace + ".");
    }
  }

  private static List<String> warnings(DdpDefinition definition) {
    List<String> warnings = new ArrayList<>();
    if (definition.schedulerArgs().containsKey(SchedulerArgs.IMAGE_REPO)) {
      warnings.add(
          "scheduler_args image_repo changes nothing: no image is made of the workspace, its files"
              + " go with the job.");
    }
    return warnings;
  }
}
