package dev.muster.daemon.sandbox.net;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Directories of simulated pods that are directories of this machine. Safe for many threads. */
public final class PodFiles {
  private record Place(String namespace, String pod, String directory) {}

  private final Map<Place, Path> places = new ConcurrentHashMap<>();

  /**
   * From now on that directory of the pod is the local one.
   *
   * @param directory absolute, such as {@code /tmp/ray/session_latest/logs}
   */
  public void keep(String namespace, String pod, String directory, Path local) {
    places.put(new Place(namespace, pod, directory), local);
  }

  /** The pod is gone. */
  public void forget(String namespace, String pod) {
    places.keySet().removeIf(at -> at.namespace.equals(namespace) && at.pod.equals(pod));
  }

  /** What is that directory of the pod here; empty if it has none. */
  public Optional<Path> local(String namespace, String pod, String directory) {
    return Optional.ofNullable(places.get(new Place(namespace, pod, directory)));
  }
}
