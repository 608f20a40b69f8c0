package dev.muster.daemon.kubernetes.ddp;

import java.util.List;
import java.util.Map;

/**
 * A distributed data-parallel job: codeflare-sdk's DDPJobDefinition, and where it is to run. What
 * was not said is null, or empty where it is a list or map; exactly one of script and m is there.
 *
 * @param script path of a Python script, relative to the workspace; absolute: in the image
 * @param m name of a Python module
 * @param name of the job; its pods are called after it
 * @param cpu of each node, like gpu and memMB
 * @param h type of machine, such as aws_p3.8xlarge
 * @param j nodes and processes
 * @param maxRetries how often it is started again when it failed
 * @param rdzvPort 29500 if it was not said
 * @param rdzvBackend c10d, static, etcd-v2 or etcd
 * @param workspace directory, relative to the caller's
 * @param scheduler "ray" or "kubernetes"
 * @param clusterName the RayCluster that it runs on
 * @param localQueue Kueue's; empty text: none is wanted
 */
public record DdpDefinition(
    String script,
    String m,
    List<String> scriptArgs,
    String name,
    Integer cpu,
    Integer gpu,
    Integer memMB,
    String h,
    Procs j,
    Map<String, String> env,
    int maxRetries,
    List<Mount> mounts,
    int rdzvPort,
    String rdzvBackend,
    Map<String, String> schedulerArgs,
    String image,
    String workspace,
    String scheduler,
    String clusterName,
    String localQueue) {
  /** TorchX's. */
  static final int DEFAULT_PORT = 29500;

  /** Names no value: variables can be secrets. */
  @Override
  public String toString() {
    return "DdpDefinition[" + name + "]";
  }
}
