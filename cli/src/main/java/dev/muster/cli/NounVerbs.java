package dev.muster.cli;

import dev.muster.cli.resource.ApplyCommand;
import dev.muster.cli.resource.DeleteCommand;
import dev.muster.cli.resource.DetailsCommand;
import dev.muster.cli.resource.DiffCommand;
import dev.muster.cli.resource.EditCommand;
import dev.muster.cli.resource.EventsCommand;
import dev.muster.cli.resource.ExplainCommand;
import dev.muster.cli.resource.GetCommand;
import dev.muster.cli.resource.HistoryCommand;
import dev.muster.cli.resource.ListCommand;
import dev.muster.cli.resource.PatchCommand;
import dev.muster.cli.resource.ResumeCommand;
import dev.muster.cli.resource.ScaleCommand;
import dev.muster.cli.resource.StatusCommand;
import dev.muster.cli.resource.SuspendCommand;
import dev.muster.cli.resource.UpdateCommand;
import dev.muster.cli.resource.WaitCommand;
import dev.muster.cli.resource.WatchCommand;
import java.util.List;
import java.util.function.Function;

/** The verbs that are alike for every noun that has them. */
final class NounVerbs {
  private NounVerbs() {}

  /** Looking at it. */
  static void read(Noun noun, List<Entry> to) {
    String one = noun.title();
    String where = noun.namespaced() ? "Show one %s, or all of a namespace" : "Show one %s, or all";
    add(to, "get", noun, where.formatted(one), GetCommand::new);
    add(to, "list", noun, "List " + noun.titles(), ListCommand::new);
  }

  /** Knowing what happens to it, and why. */
  static void follow(Noun noun, List<Entry> to) {
    String one = article(noun);
    add(to, "status", noun, "Say in which state %s is, and why".formatted(one), StatusCommand::new);
    add(to, "details", noun, "Show all that is known of " + one, DetailsCommand::new);
    add(
        to,
        "explain",
        noun,
        "Say why %s is in its state, and what to do".formatted(one),
        ExplainCommand::new);
    add(to, "history", noun, "Say what became of " + noun.titles(), HistoryCommand::new);
    String end = noun.isJob() ? "over" : "ready";
    add(to, "wait", noun, "Wait until %s is %s, or gone".formatted(one, end), WaitCommand::new);
    add(
        to,
        "watch",
        noun,
        "Print every change of %s as it happens".formatted(noun.titles()),
        WatchCommand::new);
  }

  /** What the system itself says of it. */
  static void events(Noun noun, List<Entry> to) {
    String one = article(noun);
    add(to, "events", noun, "Print the warnings about " + one, EventsCommand::new);
  }

  /** Changing it, where it is an object of Kubernetes. */
  static void edit(Noun noun, List<Entry> to) {
    String one = article(noun);
    add(to, "apply", noun, "Make %s as its file says".formatted(one), ApplyCommand::new);
    add(to, "diff", noun, "Show what apply would change of " + one, DiffCommand::new);
    add(to, "update", noun, "Replace %s by what its file says".formatted(one), UpdateCommand::new);
    add(to, "patch", noun, "Change parts of " + one, PatchCommand::new);
    add(to, "edit", noun, "Change %s in your editor".formatted(one), EditCommand::new);
  }

  static void scale(Noun noun, List<Entry> to) {
    String summary = "Change how many workers %s has".formatted(article(noun));
    add(to, "scale", noun, summary, ScaleCommand::new);
  }

  /** Holding it, and letting it go on. */
  static void suspend(Noun noun, List<Entry> to) {
    String one = article(noun);
    add(to, "suspend", noun, "Stop %s without deleting it".formatted(one), SuspendCommand::new);
    add(to, "resume", noun, "Let %s go on that was suspended".formatted(one), ResumeCommand::new);
  }

  static void delete(Noun noun, List<Entry> to) {
    add(to, "delete", noun, "Delete " + noun.titles(), DeleteCommand::new);
  }

  static void add(
      List<Entry> to,
      String verb,
      Noun noun,
      String summary,
      Function<Noun, ? extends MusterCommand> make) {
    to.add(new Entry(verb, noun.name(), summary, () -> make.apply(noun)));
  }

  static String article(Noun noun) {
    return (noun.title().startsWith("A") ? "an " : "a ") + noun.title();
  }
}
