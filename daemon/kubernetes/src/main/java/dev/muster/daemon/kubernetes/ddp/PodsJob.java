package dev.muster.daemon.kubernetes.ddp;

import java.util.List;
import java.util.Map;

/**
 * What runs as pods, whether a definition or a command line says it.
 *
 * @param name of the AppWrapper, its Service and, with "-0" and so on behind it, its pods
 * @param command what each pod runs
 * @param nodes how many pods
 * @param port of the Service: where rank 0 is found; 0: they need not find each other
 * @param cpu of each pod; null: nothing is asked for, like gpu and memMB
 * @param machine type of machine, as clouds call it; empty for any
 * @param retries how often all of it is started again when a pod failed
 * @param schedulerArgs by TorchX's names
 * @param archive of the directory that the command runs in
 */
public record PodsJob(
    String name,
    String image,
    List<String> command,
    int nodes,
    int port,
    Integer cpu,
    Integer gpu,
    Integer memMB,
    String machine,
    Map<String, String> env,
    List<Mount> mounts,
    int retries,
    Map<String, String> schedulerArgs,
    Archive archive) {
  /**
   * A command line in one pod.
   *
   * @param settings name, image, cpu, gpu, mem-mb, h, env, mounts, max-retries, scheduler-args
   * @throws dev.muster.daemon.core.Failure USAGE naming the option and the rule
   */
  public static PodsJob of(
      String name, List<String> command, Map<String, List<String>> settings, Archive archive) {
    return PodsJobs.adHoc(name, command, settings, archive);
  }

  /**
   * A definition's nodes, each with torchrun in it.
   *
   * @throws dev.muster.daemon.core.Failure USAGE if something that pods need is not defined
   */
  public static PodsJob of(DdpDefinition definition, Archive archive) {
    return PodsJobs.torchrun(definition, archive);
  }

  /** Names no value: variables can be secrets. */
  @Override
  public String toString() {
    return "PodsJob[" + name + "]";
  }
}
