package dev.muster.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every noun that has more than one command, and by which names people call it. */
public final class Nouns {
  static final Noun RAYCLUSTER =
      new Noun("raycluster", "Ray cluster", "Ray clusters", "ray.io", true, List.of("cluster"));
  static final Noun APPWRAPPER =
      new Noun(
          "appwrapper", "AppWrapper", "AppWrappers", "workload.codeflare.dev", true, List.of("aw"));

  static final Noun WORKERGROUP =
      new Noun("workergroup", "worker group", "worker groups of Ray clusters", "", true, List.of());

  static final Noun JOB = new Noun("job", "job", "jobs", "", true, List.of());
  static final Noun RAYJOB = new Noun("rayjob", "Ray job", "Ray jobs", "ray.io", true, List.of());
  static final Noun RAYSERVICE =
      new Noun("rayservice", "Ray service", "Ray services", "ray.io", true, List.of());

  /** Of those there is more than reading. */
  static final List<Noun> WRITTEN = List.of(RAYCLUSTER, APPWRAPPER);

  /** Of those that can only be read else, these can be deleted. */
  static final List<Noun> DELETED = List.of(JOB, RAYJOB, RAYSERVICE);

  /** Those can be listed and looked at. */
  static final List<Noun> READ =
      List.of(
          JOB,
          RAYJOB,
          RAYSERVICE,
          new Noun(
              "workload",
              "Kueue workload",
              "Kueue workloads",
              "kueue.x-k8s.io",
              true,
              List.of("wl")),
          new Noun(
              "localqueue",
              "Kueue local queue",
              "Kueue local queues",
              "kueue.x-k8s.io",
              true,
              List.of("lq", "queue")),
          new Noun(
              "clusterqueue",
              "Kueue cluster queue",
              "Kueue cluster queues",
              "kueue.x-k8s.io",
              false,
              List.of("cq")),
          new Noun(
              "resourceflavor",
              "Kueue resource flavor",
              "Kueue resource flavors",
              "kueue.x-k8s.io",
              false,
              List.of("flavor", "rf")),
          new Noun(
              "workloadpriorityclass",
              "Kueue priority class",
              "Kueue priority classes",
              "kueue.x-k8s.io",
              false,
              List.of("priorityclass")),
          WORKERGROUP,
          new Noun("node", "Ray node", "nodes of Ray clusters", "", true, List.of("raynode")),
          new Noun(
              "queued",
              "waiting cluster or job",
              "clusters and jobs that wait for quota",
              "",
              true,
              List.of()));

  private Nouns() {}

  /** The name of the noun in "TYPE/NAME", where kubectl also puts the API group behind the type. */
  static String ofType(String type) {
    int dot = type.indexOf('.');
    return Words.noun(dot < 0 ? type : type.substring(0, dot));
  }

  /** The one that a "TYPE" names, if such things can be deleted. */
  public static Optional<Noun> deletable(String type) {
    String name = ofType(type);
    return Stream.concat(WRITTEN.stream(), DELETED.stream())
        .filter(noun -> noun.name().equals(name))
        .findFirst();
  }

  /** The name of a noun for one of its aliases; any other word as it is. */
  static String canonical(String word) {
    for (List<Noun> nouns : List.of(WRITTEN, READ)) {
      for (Noun noun : nouns) {
        if (noun.aliases().contains(word)) {
          return noun.name();
        }
      }
    }
    return word;
  }
}
