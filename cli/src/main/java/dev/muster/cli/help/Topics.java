package dev.muster.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Help that belongs to no single command. */
public final class Topics {
  public static final List<String> NAMES =
      List.of("exit-codes", "output", "environment", "kubectl-ray", "codeflare");

  private Topics() {}

  /** Empty if there is no such topic. */
  public static Optional<String> text(String topic) {
    return switch (topic) {
      case "exit-codes" -> Optional.of(EXIT_CODES);
      case "output" -> Optional.of(OUTPUT);
      case "environment" -> Optional.of(ENVIRONMENT);
      case "kubectl-ray" -> Optional.of(KUBECTL_RAY);
      case "codeflare" -> Optional.of(CODEFLARE);
      default -> Optional.empty();
    };
  }

  static List<String> and(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(NAMES);
    return all;
  }

  private static final String EXIT_CODES =
      """
      Exit codes

        0    done; also when the answer is old, which is then said
        1    the operation, or what was waited for, failed; or it is there already
        2    a bad command line, a bad file, or a local file in the way
        3    not found
        4    not logged in, or not allowed
        5    the wait's time ran out
        6    no answer: the daemon or the server cannot be reached and nothing recent
             enough is known
        130  interrupted
        143  terminated

      A reader that closes the pipe, as in 'muster list | head', is no failure: 0.
      """;

  private static final String OUTPUT =
      """
      Output

      Results go to standard output; progress, questions and warnings to standard
      error.

        -o table     aligned columns on a terminal; in a pipe the same cells with a
                     tab between them
        -o wide      with more columns
        -o csv       all columns
        -o name      KIND/NAME, one a line
        -o json      records that are alike for every system
        -o yaml      the same as YAML
        -o jsonpath=TEMPLATE
                     parts of the records, as kubectl picks them:
                     '{.items[*].name}', '{range .items[*]}{.name}{"\\n"}{end}'
        -o manifest  the system's own object, read now (get with one name);
                     --clean leaves out what the server added

      A list is {"items": [...], "observations": [...]}. A record has

        source context kind namespace name uid   what it is
        state      QUEUED STARTING READY RUNNING SUSPENDING SUSPENDED SUCCEEDED
                   FAILED STOPPED TERMINATING UNKNOWN
        nativeState  the system's own word
        ready      true or false
        reason     why, or empty
        created changed observedAt   ISO 8601, UTC; null if not known
        live       whether the server says so now
        owner      what owns it, or empty
        details    what only this kind has

      --no-headers leaves the titles out.
      """;

  private static final String ENVIRONMENT =
      """
      Environment

        KUBECONFIG         the kubeconfig files, with a colon between
        XDG_STATE_HOME     where the cache and the log are kept, in muster/
                           (otherwise ~/.local/state)
        XDG_RUNTIME_DIR    where the daemon's socket is, in muster/
        MUSTER_HOME        the directory that has lib/musterd.jar
        MUSTER_JAVA_HOME   the Java that the daemon runs on; JAVA_HOME otherwise
        MUSTER_SANDBOX_JAR the sandbox's program, instead of the one in lib/
        MUSTER_NO_DAEMON   when not empty, each call has a daemon of its own that
                           ends with it, for where none may stay
        RAY_AUTH_TOKEN     the token for a Ray behind --address, or for one whose Secret
                           you may not read; RAY_AUTH_TOKEN_PATH is a file with it
        CODEFLARE_TLS_DIR  where certificates for ray:// are kept, in CLUSTER-NAMESPACE/
                           (otherwise codeflare/tls in XDG_DATA_HOME, ~/.local/share)
        CF_SDK_CA_CERT_PATH  the authorities that such an address is trusted by
        BROWSER            what 'dashboard' opens
        COLUMNS            how wide the status line of a wait may be
      """;

  private static final String KUBECTL_RAY =
      """
      kubectl-ray

      A link to muster with the name kubectl-ray on the PATH is a plugin of kubectl:
      'kubectl ray' then takes the words of KubeRay's own plugin. So does
      'muster kubectl-ray'.

        ln -s "$(command -v muster)" ~/bin/kubectl-ray
        kubectl ray create cluster demo --worker-replicas 2 --wait

        create cluster NAME      a RayCluster by itself, with the plugin's defaults
                                 (the template kubectl-ray) and in no queue;
                                 --dry-run prints it; --wait ends after 5m
        create workergroup GROUP -c NAME
        get cluster | node | workergroup [NAME] [-c NAME] [-A]
        scale cluster NAME -w GROUP -r N
        delete NAME | TYPE/NAME ... [-y]
        session NAME | TYPE/NAME
        log NAME | TYPE/NAME [--out-dir DIR] [--node-type TYPE] [--link gke]
        get token NAME
        job submit [--name NAME | -f FILE] [options] -- COMMAND
                                 'muster submit rayjob' in InteractiveMode, whose log
                                 is followed to its end unless --no-wait is given
        version

      Options, output and exit codes are muster's. create cluster's --file has the
      plugin's own form.
      """;

  private static final String CODEFLARE =
      """
      codeflare

      A link to muster with the name codeflare on the PATH, or 'muster codeflare',
      takes the words of CodeFlare's command line, which are muster's own:

        codeflare define job train --script train.py
        codeflare submit job train --cluster-name demo -n team-a
        codeflare job submit train cluster-name="demo"
        codeflare list job --all
        codeflare status job train
        codeflare logs job train
        codeflare delete job train

      There are two differences. 'submit job' and 'create job' need --cluster-name: it
      is asked for on a terminal, and without one the exit code is 2. --scheduler
      kubernetes makes pods instead, as muster itself does without a cluster. And
      'status raycluster' and 'details raycluster' say QUEUEING of a cluster whose
      AppWrapper nobody has taken up yet, or is being taken back into the queue: there
      muster says QUEUED, or SUSPENDING. The record of -o json is the same for both.
      """;
}
