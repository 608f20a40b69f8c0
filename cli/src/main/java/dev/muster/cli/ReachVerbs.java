package dev.muster.cli;

import dev.muster.cli.reach.CertificateCommand;
import dev.muster.cli.reach.DashboardCommand;
import dev.muster.cli.reach.DeleteCertificatesCommand;
import dev.muster.cli.reach.ListCertificatesCommand;
import dev.muster.cli.reach.LogCommand;
import dev.muster.cli.reach.SessionCommand;
import dev.muster.cli.reach.TokenCommand;
import java.util.List;

/** The ways to what runs in a Ray cluster. */
final class ReachVerbs {
  private ReachVerbs() {}

  static void add(List<Entry> to) {
    for (Noun noun : List.of(Nouns.RAYCLUSTER, Nouns.RAYJOB, Nouns.RAYSERVICE)) {
      String one = NounVerbs.article(noun);
      NounVerbs.add(to, "dashboard", noun, "Open the dashboard of " + one, DashboardCommand::new);
      NounVerbs.add(
          to, "session", noun, "Hold ports of this machine open to " + one, SessionCommand::new);
      NounVerbs.add(to, "log", noun, "Copy the log files of the nodes of " + one, LogCommand::new);
    }
    to.add(
        new Entry("get", "token", "Print the token that a Ray cluster wants", TokenCommand::new));
    to.add(
        new Entry(
            "get",
            "certificate",
            "Print what Ray's client needs for a cluster that wants certificates",
            CertificateCommand::new));
    to.add(
        new Entry(
            "list",
            "certificate",
            "List your certificates for Ray clusters",
            ListCertificatesCommand::new));
    to.add(
        new Entry(
            "delete",
            "certificate",
            "Delete certificates for Ray clusters",
            DeleteCertificatesCommand::new));
  }
}
