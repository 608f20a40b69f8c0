package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of KubeRay's plugin of kubectl, as {@code kubectl ray} calls it or typed behind
 * {@code muster kubectl-ray}: its words become ours, and its defaults are said. It does nothing of
 * its own.
 */
final class KubectlRay {
  static final String NAME = "kubectl-ray";

  /** How long the plugin waits at most. */
  private static final String TIMEOUT = "5m";

  private static final String QUEUE_LABEL = "kueue.x-k8s.io/queue-name";

  /** Options without a value, where a name may follow. */
  private static final Set<String> FLAGS =
      Set.of(
          "--appwrapper",
          "--dry-run",
          "--enable-autoscaling",
          "--follow",
          "--help",
          "--no-appwrapper",
          "--no-daemon",
          "--no-headers",
          "--no-wait",
          "--shutdown-after-job-finishes",
          "--suspend",
          "--verbose",
          "--wait",
          "-h",
          "-v");

  /** What does not describe the cluster. */
  private static final Set<String> BESIDE_A_FILE =
      Set.of(
          "--as",
          "--context",
          "--dry-run",
          "--help",
          "--kubeconfig",
          "--namespace",
          "--no-daemon",
          "--output",
          "--timeout",
          "--verbose",
          "--wait",
          "-h",
          "-n",
          "-o",
          "-v");

  private final List<String> options = new ArrayList<>();
  private String name = "";

  private KubectlRay() {}

  /** Whether those words, typed to a program called so, are the plugin's. */
  static boolean isMeant(String program, String... args) {
    return program.equals(NAME) || (args.length > 0 && args[0].equals(NAME));
  }

  /**
   * @param program what this one was called as
   * @throws CliFailure for what the plugin has and muster does not
   */
  static String[] rewritten(String program, String... args) {
    List<String> words = Words.options(args);
    if (!program.equals(NAME)) {
      words = words.subList(1, words.size());
    }
    List<String> leading = new ArrayList<>();
    int at = Resolution.leading(words, leading);
    if (at == words.size()) {
      return leading.contains("--version") ? new String[] {"version"} : new String[] {"help", NAME};
    }
    String verb = words.get(at);
    List<String> rest = words.subList(at + 1, words.size());
    String noun = rest.isEmpty() ? "" : Words.noun(rest.get(0));
    List<String> line =
        switch (verb + " " + noun) {
          case "create raycluster" -> new KubectlRay().create(rest.subList(1, rest.size()));
          case "job submit" -> new KubectlRay().submit(rest.subList(1, rest.size()));
          case "create workergroup",
              "get token",
              "get raycluster",
              "get node",
              "get workergroup",
              "scale raycluster" ->
              join(List.of(verb), rest);
          default ->
              switch (verb) {
                case "delete" -> join(List.of("delete", "raycluster"), rest);
                case "session", "log" -> typed(verb, rest);
                case "help" -> List.of("help", NAME);
                case "version" -> join(List.of("version"), rest);
                default -> throw absent(verb, noun);
              };
        };
    return join(leading, line).toArray(String[]::new);
  }

  private static CliFailure absent(String verb, String noun) {
    return CliFailure.usage(
        "'%s %s' is not there yet; there is: create cluster|workergroup, get cluster|node|workergroup|token, scale cluster, session, log, job submit, delete, version; see 'muster help %s'"
            .formatted(NAME, noun.isEmpty() ? verb : verb + " " + noun, NAME));
  }

  /** A RayCluster of the plugin's own shape; with a dry run it is printed, as the plugin does. */
  private List<String> create(List<String> typed) {
    take(typed);
    if (has("--file") || has("-f")) {
      describedInFile();
    }
    if (name.isEmpty() && !has("--name") && !has("--help") && !has("-h")) {
      throw CliFailure.usage("'%s create cluster' needs a name".formatted(NAME));
    }
    boolean print = options.remove("--dry-run");
    List<String> line =
        new ArrayList<>(
            print ? List.of("define", "raycluster", "--stdout") : List.of("create", "raycluster"));
    if (!name.isEmpty()) {
      line.addAll(List.of("--name", name));
    }
    if (!has("--template")) {
      line.addAll(List.of("--template", NAME));
    }
    if (!has("--appwrapper") && !has("--no-appwrapper")) {
      line.add("--no-appwrapper");
    }
    if (!has("--local-queue") && options.stream().noneMatch(o -> o.contains(QUEUE_LABEL))) {
      // The plugin looks for no default queue.
      line.addAll(List.of("--local-queue", ""));
    }
    if (has("--autoscaler") && !has("--min-workers") && !has("--worker-min-replicas")) {
      String workers = value("--worker-replicas").orElse("1");
      line.addAll(List.of("--min-workers", workers, "--max-workers", workers));
    }
    waiting(print);
    return join(line, options);
  }

  /** Of a cluster, unless a type stands in front of the name. */
  private static List<String> typed(String verb, List<String> rest) {
    KubectlRay words = new KubectlRay();
    words.take(rest);
    if (words.name.isEmpty() && !words.has("--help") && !words.has("-h")) {
      throw CliFailure.usage("'%s %s' needs a name".formatted(NAME, verb));
    }
    int slash = words.name.indexOf('/');
    List<String> line =
        slash < 0
            ? List.of(verb, "raycluster")
            : List.of(verb, Nouns.ofType(words.name.substring(0, slash)));
    String name = words.name.substring(slash + 1);
    return join(line, join(name.isEmpty() ? List.of() : List.of(name), words.options));
  }

  /**
   * A RayJob that is waited for, with its log, as the plugin does by handing it to Ray's client.
   */
  private List<String> submit(List<String> typed) {
    int end = typed.indexOf("--");
    take(end < 0 ? typed : typed.subList(0, end));
    // How Ray's client colours its lines.
    drop("--log-style");
    drop("--log-color");
    List<String> line = new ArrayList<>(List.of("submit", "rayjob"));
    if (!name.isEmpty()) {
      line.add(name);
    }
    boolean settled = has("--no-wait") || has("--dry-run") || has("--wait") || has("--follow");
    if (!settled) {
      line.add("--follow");
    }
    if (!has("--submission-mode") && !has("-f") && !has("--filename") && !has("--file")) {
      line.addAll(List.of("--submission-mode", "InteractiveMode"));
    }
    return join(join(line, options), end < 0 ? List.of() : typed.subList(end, typed.size()));
  }

  /** The file's fields take the place of options, and do not go together with any. */
  private void describedInFile() {
    String file = value("--file").or(() -> value("-f")).orElse("");
    drop("--file");
    drop("-f");
    Optional<String> place = value("--namespace").or(() -> value("-n"));
    for (String option : options) {
      String word = option.indexOf('=') < 0 ? option : option.substring(0, option.indexOf('='));
      if (word.startsWith("-") && !BESIDE_A_FILE.contains(word)) {
        throw CliFailure.usage("--file and %s do not go together".formatted(word));
      }
    }
    List<String> described = PluginFile.options(file);
    for (int i = 0; i < described.size(); i += 2) {
      String value = described.get(i + 1);
      switch (described.get(i)) {
        case "--name" -> {
          same("name", name, value);
          name = value;
        }
        case "--namespace" -> {
          same("namespace", place.orElse(""), value);
          if (place.isEmpty()) {
            options.addAll(List.of("--namespace", value));
          }
        }
        default -> options.addAll(List.of(described.get(i), value));
      }
    }
  }

  private static void same(String what, String typed, String inFile) {
    if (!typed.isEmpty() && !typed.equals(inFile)) {
      throw CliFailure.usage(
          "two %ss are given, %s and in the file %s; drop one of them"
              .formatted(what, typed, inFile));
    }
  }

  /** The plugin knows a time-out without a wait, and no wait without a time-out. */
  private void waiting(boolean print) {
    boolean waits = has("--wait") && !print;
    if (!waits) {
      options.removeIf(option -> option.equals("--wait"));
      value("--timeout").ifPresent(given -> drop("--timeout"));
    } else if (!has("--timeout")) {
      options.addAll(List.of("--timeout", TIMEOUT));
    }
  }

  /** The name is the first word that is neither an option nor the value of one. */
  private void take(List<String> typed) {
    for (int i = 0; i < typed.size(); i++) {
      String word = typed.get(i);
      boolean option = word.startsWith("-");
      if (!option && name.isEmpty()) {
        name = word;
        continue;
      }
      options.add(word);
      boolean hasValue = option && !word.contains("=") && !FLAGS.contains(word);
      if (hasValue && i + 1 < typed.size()) {
        options.add(typed.get(++i));
      }
    }
  }

  private boolean has(String option) {
    return options.stream().anyMatch(o -> o.equals(option) || o.startsWith(option + "="));
  }

  private Optional<String> value(String option) {
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).startsWith(option + "=")) {
        return Optional.of(options.get(i).substring(option.length() + 1));
      }
      if (options.get(i).equals(option)) {
        return Optional.of(i + 1 < options.size() ? options.get(i + 1) : "");
      }
    }
    return Optional.empty();
  }

  private void drop(String option) {
    int at = options.indexOf(option);
    if (at >= 0) {
      options.subList(at, Math.min(at + 2, options.size())).clear();
    }
    options.removeIf(o -> o.startsWith(option + "="));
  }

  private static List<String> join(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
