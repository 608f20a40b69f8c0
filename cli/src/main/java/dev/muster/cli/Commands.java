package dev.muster.cli;

import dev.muster.cli.access.ContextsCommand;
import dev.muster.cli.access.LoginCommand;
import dev.muster.cli.access.LogoutCommand;
import dev.muster.cli.access.UseContextCommand;
import dev.muster.cli.access.WhoAmICommand;
import dev.muster.cli.help.HelpCommand;
import dev.muster.cli.raycluster.DefineCommand;
import dev.muster.cli.resource.CreateCommand;
import dev.muster.cli.resource.CreateGroupCommand;
import dev.muster.cli.version.VersionCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every command, in the order of the help. The first words of a command line are looked up here, so
 * that only the one command that was named is ever built: picocli builds by reflection, and a
 * hundred commands would cost more than the rest of a run.
 */
public final class Commands {
  public static final List<Entry> ALL = all();

  /** Those about the tool itself. */
  private static List<Entry> own() {
    return List.of(
        new Entry("login", "", "Sign in to an API server", LoginCommand::new),
        new Entry("logout", "", "Take back what a login did", LogoutCommand::new),
        new Entry("whoami", "", "Say who the API server takes you for", WhoAmICommand::new),
        new Entry("list", "context", "List the contexts of your kubeconfig", ContextsCommand::new),
        new Entry("use", "context", "Make a context the current one", UseContextCommand::new),
        new Entry(
            "sandbox",
            "up",
            "Start a simulated Kubernetes on this machine",
            dev.muster.cli.sandbox.UpCommand::new),
        new Entry(
            "sandbox",
            "down",
            "Stop the simulated Kubernetes",
            dev.muster.cli.sandbox.DownCommand::new),
        new Entry(
            "sandbox",
            "status",
            "Say whether the simulated Kubernetes runs",
            dev.muster.cli.sandbox.StatusCommand::new),
        new Entry(
            "sandbox",
            "reset",
            "Stop the simulated Kubernetes and start it empty",
            dev.muster.cli.sandbox.ResetCommand::new),
        new Entry(
            "daemon",
            "status",
            "Show the daemon: process, memory, watches",
            dev.muster.cli.daemon.StatusCommand::new),
        new Entry("daemon", "start", "Start the daemon", dev.muster.cli.daemon.StartCommand::new),
        new Entry("daemon", "stop", "Stop the daemon", dev.muster.cli.daemon.StopCommand::new),
        new Entry(
            "daemon",
            "restart",
            "Stop the daemon and start it anew",
            dev.muster.cli.daemon.RestartCommand::new),
        new Entry(
            "daemon",
            "log",
            "Print the end of the daemon's log",
            dev.muster.cli.daemon.LogCommand::new),
        new Entry(
            "cache",
            "info",
            "Show what is cached, and how old it is",
            dev.muster.cli.cache.InfoCommand::new),
        new Entry(
            "cache",
            "clear",
            "Forget everything that is cached",
            dev.muster.cli.cache.ClearCommand::new),
        new Entry(
            "version", "", "Print the versions of the command and the daemon", VersionCommand::new),
        new Entry("help", "", "Show help on a command or a topic", HelpCommand::new));
  }

  private Commands() {}

  private static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    all.add(
        new Entry(
            "define",
            Nouns.RAYCLUSTER.name(),
            "Write the manifest of a Ray cluster to NAME.yaml",
            () -> new DefineCommand(Nouns.RAYCLUSTER)));
    for (String verb : List.of("create", "submit")) {
      all.add(
          new Entry(
              verb,
              Nouns.RAYCLUSTER.name(),
              "Create a Ray cluster from its file or from options",
              () -> new dev.muster.cli.raycluster.CreateCommand(Nouns.RAYCLUSTER, verb)));
    }
    for (Noun noun : Nouns.WRITTEN) {
      if (noun != Nouns.RAYCLUSTER) {
        all.add(
            new Entry(
                "create",
                noun.name(),
                "Create an " + noun.title() + " from its file",
                () -> new CreateCommand(noun)));
      }
      NounVerbs.read(noun, all);
      NounVerbs.follow(noun, all);
      NounVerbs.events(noun, all);
      NounVerbs.edit(noun, all);
      NounVerbs.scale(noun, all);
      NounVerbs.suspend(noun, all);
      NounVerbs.delete(noun, all);
    }
    all.add(
        new Entry(
            "create",
            Nouns.WORKERGROUP.name(),
            "Add a worker group to a Ray cluster",
            () -> new CreateGroupCommand(Nouns.WORKERGROUP)));
    Nouns.READ.forEach(noun -> NounVerbs.read(noun, all));
    Nouns.DELETED.forEach(noun -> NounVerbs.delete(noun, all));
    JobVerbs.job(Nouns.JOB, all);
    JobVerbs.rayjob(Nouns.RAYJOB, all);
    ReachVerbs.add(all);
    all.add(
        new Entry(
            "list",
            "",
            "List clusters and jobs of every system",
            dev.muster.cli.everything.ListCommand::new));
    all.add(
        new Entry(
            "history",
            "",
            "Say what became of everything, also of what is gone",
            dev.muster.cli.everything.HistoryCommand::new));
    all.addAll(own());
    return List.copyOf(all);
  }

  /** By its words as they are typed, noun aliases included. */
  public static Optional<Entry> named(String verb, String noun) {
    Entry entry = find(verb, noun);
    return Optional.ofNullable(entry == null ? find(verb, Words.noun(noun)) : entry);
  }

  /** Null if there is none. */
  static Entry find(String verb, String noun) {
    for (Entry entry : ALL) {
      if (entry.verb().equals(verb) && entry.noun().equals(noun)) {
        return entry;
      }
    }
    return null;
  }

  /** Those with that word as the first or the second. */
  public static List<Entry> with(String word) {
    return ALL.stream()
        .filter(entry -> entry.verb().equals(word) || entry.noun().equals(word))
        .toList();
  }

  /** The second words that go with a first word, or the first words that go with a second. */
  static List<String> partners(String word) {
    return with(word).stream()
        .map(entry -> entry.verb().equals(word) ? entry.noun() : entry.verb())
        .filter(other -> !other.isEmpty())
        .toList();
  }

  /**
   * The first words of the table, once each, in the order of the help.
   *
   * @param noun those that go with it alone; empty: all
   */
  static List<String> verbs(String noun) {
    return ALL.stream()
        .filter(entry -> noun.isEmpty() || entry.noun().equals(noun))
        .map(Entry::verb)
        .distinct()
        .toList();
  }

  /** Every word that may come first. */
  public static List<String> firstWords() {
    return ALL.stream()
        .flatMap(entry -> Stream.of(entry.verb(), entry.noun()))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
