package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.define.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes of definitions and command lines what the pods run. */
final class PodsJobs {
  private PodsJobs() {}

  static PodsJob adHoc(
      String name, List<String> command, Map<String, List<String>> settings, Archive archive) {
    Map<String, List<String>> asked = new LinkedHashMap<>(settings);
    asked.remove("name");
    Said said = Typed.read(asked);
    said.put(Field.NAME, TextNode.valueOf(name), "--name");
    // Only so that everything else is checked like a definition's; the command is what runs.
    said.put(Field.SCRIPT, TextNode.valueOf("/" + command.getFirst()), "--script");
    DdpDefinition rest = said.definition();
    if (rest.image() == null) {
      throw Failure.usage("A command that runs as pods needs --image.");
    }
    return job(rest, command, 1, 0, archive);
  }

  static PodsJob torchrun(DdpDefinition definition, Archive archive) {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("cpu", definition.cpu());
    needed.put("gpu", definition.gpu());
    needed.put("memMB", definition.memMB());
    needed.put("j", definition.j());
    needed.put("image", definition.image());
    List<String> missing = new ArrayList<>();
    needed.forEach(
        (key, value) -> {
          if (value == null) {
            missing.add(key);
          }
        });
    if (!missing.isEmpty()) {
      throw Failure.usage(
          "Job definition missing arg: "
              + String.join(", ", missing)
              + "; pods need it (a job on a Ray cluster, --cluster-name, takes it from there).");
    }
    Procs procs = definition.j().orPerGpu(definition.gpu());
    return job(
        definition,
        List.of("bash", "-c", torchrun(definition, procs)),
        procs.nodes(),
        procs.nodes() > 1 ? definition.rdzvPort() : 0,
        archive);
  }

  private static PodsJob job(
      DdpDefinition from, List<String> command, int nodes, int port, Archive archive) {
    String machine = from.h() == null ? "" : from.h().replaceFirst("^aws_", "");
    return new PodsJob(
        from.name(),
        from.image(),
        command,
        nodes,
        port,
        from.cpu(),
        from.gpu(),
        from.memMB(),
        machine,
        from.env(),
        from.mounts(),
        from.maxRetries(),
        from.schedulerArgs(),
        archive);
  }

  /** The command line for a shell; rank 0's address is in a variable of each pod. */
  private static String torchrun(DdpDefinition definition, Procs procs) {
    boolean alone = procs.nodes() == 1;
    String backend = definition.rdzvBackend() == null ? "c10d" : definition.rdzvBackend();
    StringBuilder line = new StringBuilder("torchrun --rdzv_backend " + backend);
    line.append(" --rdzv_endpoint ");
    line.append(
        alone
            ? "localhost:0"
            : "\"$" + PodTemplate.RANK0_HOST + ":" + definition.rdzvPort() + "\"");
    line.append(" --rdzv_id ").append(definition.name());
    line.append(" --nnodes ").append(procs.range());
    line.append(" --nproc_per_node ").append(procs.perNode());
    if (backend.equals("static")) {
      line.append(" --node_rank ").append(alone ? "0" : "\"$" + PodTemplate.RANK + "\"");
    }
    line.append(" --tee 3 --role '' ");
    List<String> what = new ArrayList<>();
    if (definition.m() != null) {
      what.add("-m");
      what.add(definition.m());
    } else {
      what.add(definition.script());
    }
    what.addAll(definition.scriptArgs());
    return line.append(ShellWords.line(what)).toString();
  }
}
