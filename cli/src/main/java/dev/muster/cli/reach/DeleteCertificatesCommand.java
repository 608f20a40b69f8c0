package dev.muster.cli.reach;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.DeleteCertificatesRequest;
import dev.muster.v1.ListCertificatesReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete certificate}: one cluster's, or all that have expired. Asks no server. */
@Command(
    footer = {
      "# That of one cluster; deleting the cluster does it too",
      "muster delete certificate demo",
      "# All that have expired",
      "muster delete certificate --expired",
      "# Only say which those are",
      "muster delete certificate --expired --dry-run"
    })
public final class DeleteCertificatesCommand extends MusterCommand {
  @Mixin TargetOptions target;

  @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Of which Ray cluster.")
  String cluster = "";

  @Option(names = "--expired", description = "All that have expired, in every namespace.")
  boolean expired;

  @Option(names = "--dry-run", description = "Say which, delete nothing.")
  boolean dryRun;

  /** What is asked, but for who asks. */
  public DeleteCertificatesRequest request() {
    if (cluster.isEmpty() != expired) {
      throw CliFailure.usage("name one cluster, or say --expired");
    }
    return DeleteCertificatesRequest.newBuilder()
        .setTarget(target.target())
        .setCluster(cluster)
        .setDryRun(dryRun)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    ListCertificatesReply reply =
        Certificates.daemon(session)
            .deleteCertificates(request().toBuilder().setCaller(session.caller()).build());
    for (ClientCertificate certificate : reply.getCertificatesList()) {
      String line =
          "certificate/%s deleted (%s)%s"
              .formatted(
                  certificate.getCluster(), certificate.getDirectory(), dryRun ? " (dry run)" : "");
      session.io().out().println(Cells.clean(line));
    }
    session.io().out().flush();
    if (reply.getCertificatesCount() > 0) {
      return ExitCode.DONE;
    }
    session
        .io()
        .warn(
            expired
                ? "no certificate has expired"
                : "muster: There is no certificate for " + Cells.clean(cluster) + ".");
    return expired ? ExitCode.DONE : ExitCode.NOT_FOUND;
  }
}
