package dev.muster.daemon.kubernetes.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody can do about a cause, found by the words that the cause comes in. */
final class Advice {
  private record Rule(Pattern words, String advice) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "DeadlineExceeded",
              "It took longer than it was given: raise --active-deadline-seconds, or look where"
                  + " the time went (muster logs rayjob NAME)."),
          rule("AppFailed", "Look at what it printed: muster logs rayjob NAME."),
          rule(
              "SubmissionFailed",
              "Ray did not take it: check its entrypoint and its runtime environment, and look at"
                  + " the log of the pod that submits it."),
          rule(
              "ValidationFailed|RayJob (spec|metadata) is invalid",
              "Mend in its file what is named, delete it, and submit it anew."),
          rule(
              "ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|manifest unknown",
              "Check the image's name and tag, and whether it needs a pull secret"
                  + " (--image, --image-pull-secrets)."),
          rule(
              "can never give more than|gives out no ",
              "It can never start like this: ask for less, or use another queue"
                  + " (muster list localqueue)."),
          rule(
              "more than .* has left|insufficient unused quota|waiting for quota",
              "Wait until others in the queue have ended, or ask for less"
                  + " (muster list queued shows who waits)."),
          rule(
              "queue \\S+ does not exist|queue \\S+: it was deleted",
              "Name a queue that exists (muster list localqueue)."),
          rule(
              "stopped|stopPolicy|is stopped or not ready|flavor \\S+ does not exist",
              "Ask whoever runs the queues to open it again, or use another queue"
                  + " (muster list localqueue)."),
          rule(
              "Kueue suspended it",
              "Mend what Kueue gave it up for, then let it go on: muster resume."),
          rule(
              "exceeded quota|forbidden: exceeded",
              "The namespace's ResourceQuota is used up: delete something, or ask for less."),
          rule(
              "denied the request|not authorized|is forbidden",
              "The server refused what it is made of: ask an administrator for the right that is"
                  + " named, or leave that part out."),
          rule(
              "Unschedulable|FailedScheduling|nodes are available|Insufficient ",
              "No node has room or fits: ask for less for each pod, change selectors or"
                  + " tolerations, or wait for nodes."),
          rule(
              "OOMKilled|exit code 137",
              "It needed more memory than its limit: raise the memory of that group."),
          rule(
              "CrashLoopBackOff|exit code|CreateContainer",
              "Its container ends at once: look at the pod's logs, and at its image and command."),
          rule(
              "FailedMount|FailedAttachVolume|not found",
              "Something that a pod refers to is missing: create it, or take it out."),
          rule(
              "what it wraps was deleted",
              "Somebody deleted a part of it by hand: delete the AppWrapper and create it anew."),
          rule(
              "\\(after \\d+ resets?\\)",
              "Its pods failed until there were no retries left: look at their logs and events, mend"
                  + " the cause, delete it and create it anew."),
          rule(
              "after \\d+ reset|begun anew",
              "Its pods keep failing: look at their logs and events before it runs out of"
                  + " retries."),
          rule("suspended (by|through) its", "Let it go on: muster resume."),
          rule("pods of it failed", "Look at the logs of the failed pods."),
          rule("waiting for the AppWrapper operator", "Check that the AppWrapper operator runs."));

  private Advice() {}

  private static Rule rule(String words, String advice) {
    return new Rule(Pattern.compile(words), advice);
  }

  /** The first rule that fits the first of these causes that any rule fits. */
  static String of(List<String> causes) {
    return causes.stream()
        .map(
            cause ->
                RULES.stream()
                    .filter(rule -> rule.words.matcher(cause).find())
                    .map(Rule::advice)
                    .findFirst())
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }
}
