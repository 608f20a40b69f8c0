package dev.muster.cli.job;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.Question;
import dev.muster.v1.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which Ray cluster a job goes to, where that must be said. */
@Command
public final class ClusterQuestion {
  private static final String CLUSTER = "cluster-name";
  private static final List<String> PLACES = List.of(CLUSTER, "scheduler", "address");

  @Option(
      names = "--need-cluster",
      description =
          "Without --cluster-name and --scheduler: ask for the cluster on a terminal, and refuse"
              + " elsewhere, as codeflare does.")
  boolean needCluster;

  /**
   * The settings, with the cluster that was answered.
   *
   * @throws CliFailure if nobody can be asked, or nothing is answered
   */
  List<Setting> answered(Io io, List<Setting> settings) {
    if (!needCluster || settings.stream().anyMatch(setting -> PLACES.contains(setting.getName()))) {
      return settings;
    }
    String cluster =
        io.inTerminal() && io.errTerminal() ? Question.line(io, "Ray cluster: ").strip() : "";
    if (cluster.isEmpty()) {
      throw CliFailure.usage(
          "say which Ray cluster with --cluster-name CLUSTER, or --scheduler kubernetes for pods without one");
    }
    List<Setting> all = new ArrayList<>(settings);
    all.add(Setting.newBuilder().setName(CLUSTER).addValues(cluster).build());
    return all;
  }
}
