package dev.muster.daemon.core;

import java.nio.file.Path;
import java.util.List;

/** The ways from this machine to what runs in a cluster. */
public interface Reaching {
  /**
   * Holds ports of this machine open to a cluster until it is cancelled, over replaced pods too.
   *
   * @param kind "raycluster", "rayjob" or "rayservice"
   * @param ports which; empty: those that the kind has (8265; 10001 of a cluster; 8000 of a
   *     service)
   */
  void forward(
      Caller caller,
      Target target,
      String kind,
      String name,
      List<Port> ports,
      ForwardListener listener,
      Cancellation cancellation);

  /**
   * Where the dashboard is for a person's browser, if there is a way that needs no port of this
   * machine; else a failure says which ways were tried and why each failed.
   */
  String dashboard(Caller caller, Target target, String kind, String name);

  /** The token that the cluster's Ray wants; NOT_FOUND if it wants none. */
  String token(Caller caller, Target target, String cluster);

  /**
   * Copies the log files of a cluster's nodes into a directory, one folder a pod.
   *
   * @param nodes "all", "head" or "worker"
   * @param listener told of each pod
   * @return how many files were written
   */
  int collectLogs(
      Caller caller,
      Target target,
      String kind,
      String name,
      String nodes,
      Path directory,
      java.util.function.Consumer<String> listener,
      Cancellation cancellation);

  /** The certificates of those clusters whose Ray wants one of each client. */
  ClientCertificates certificates();

  /**
   * @param name what is behind it: "dashboard", "client", "serve"
   * @param remote port
   * @param local port; 0: the same if it is free, else any that is
   */
  record Port(String name, int remote, int local) {}

  /** What happens to ports that are held open. */
  interface ForwardListener {
    /** All are open. */
    void open(List<Port> ports, String words);

    /** The way was lost and is being found again, or was found. */
    void changed(String sentence);

    /** What whoever uses the ports must know. */
    void note(String sentence);
  }
}
