package dev.muster.cli;

import dev.muster.cli.job.LogsCommand;
import dev.muster.cli.job.ResubmitCommand;
import dev.muster.cli.job.StopCommand;
import java.util.List;

/** The verbs of jobs. */
final class JobVerbs {
  private JobVerbs() {}

  /** On Ray clusters, and as pods on Kubernetes. */
  static void job(Noun noun, List<Entry> to) {
    NounVerbs.add(
        to,
        "define",
        noun,
        "Write the definition of a distributed job to NAME.job.yaml",
        dev.muster.cli.job.DefineCommand::new);
    NounVerbs.add(
        to,
        "create",
        noun,
        "Define a distributed job and submit it",
        dev.muster.cli.job.CreateCommand::new);
    NounVerbs.add(
        to,
        "submit",
        noun,
        "Submit a command, or a job that is defined",
        dev.muster.cli.job.SubmitCommand::new);
    NounVerbs.follow(noun, to);
    run(noun, to);
  }

  /** Objects of KubeRay. */
  static void rayjob(Noun noun, List<Entry> to) {
    NounVerbs.add(
        to,
        "define",
        noun,
        "Write the manifest of a Ray job to NAME.yaml",
        dev.muster.cli.rayjob.DefineCommand::new);
    for (String verb : List.of("create", "submit")) {
      to.add(
          new Entry(
              verb,
              noun.name(),
              "Submit a Ray job, from its file or from options",
              () -> new dev.muster.cli.rayjob.SubmitCommand(noun, verb)));
    }
    NounVerbs.follow(noun, to);
    NounVerbs.events(noun, to);
    NounVerbs.edit(noun, to);
    NounVerbs.suspend(noun, to);
    run(noun, to);
  }

  private static void run(Noun noun, List<Entry> to) {
    String one = NounVerbs.article(noun);
    NounVerbs.add(to, "logs", noun, "Print what %s prints".formatted(one), LogsCommand::new);
    for (String verb : List.of("stop", "cancel")) {
      String summary = "End %s without deleting it".formatted(one);
      to.add(new Entry(verb, noun.name(), summary, () -> new StopCommand(noun, verb)));
    }
    to.add(
        new Entry(
            "resubmit",
            noun.name(),
            "Run %s again that is over".formatted(one),
            () -> new ResubmitCommand(noun, "resubmit")));
  }
}
