package dev.muster.cli.reach;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.ShortTable;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.ListCertificatesReply;
import dev.muster.v1.ListCertificatesRequest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list certificate}: those on this machine, of every context. Asks no server. */
@Command(
    footer = {
      "# All that are kept, and when each ends",
      "muster list certificate",
      "# For a script",
      "muster list certificate -o json"
    })
public final class ListCertificatesCommand extends MusterCommand {
  private static final List<String> TITLES =
      List.of("CLUSTER", "NAMESPACE", "STATE", "EXPIRES", "DIRECTORY");

  @Mixin JsonOption output;

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    boolean json = output.isJson();
    ListCertificatesReply reply =
        Certificates.daemon(session)
            .listCertificates(
                ListCertificatesRequest.newBuilder().setCaller(session.caller()).build());
    if (json) {
      Json.print(
          io.out(),
          Map.of("items", reply.getCertificatesList().stream().map(Certificates::record).toList()));
      return ExitCode.DONE;
    }
    ShortTable.print(
        io,
        TITLES,
        reply.getCertificatesList().stream().map(ListCertificatesCommand::row).toList());
    if (reply.getCertificatesCount() == 0) {
      io.warn("No certificates found; `muster get certificate CLUSTER` makes one");
    }
    return ExitCode.DONE;
  }

  private static String row(ClientCertificate certificate) {
    return String.join(
        "\t",
        certificate.getCluster(),
        certificate.getNamespace(),
        Certificates.state(certificate),
        Certificates.ends(certificate),
        certificate.getDirectory());
  }
}
