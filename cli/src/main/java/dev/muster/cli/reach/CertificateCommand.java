package dev.muster.cli.reach;

import dev.muster.cli.CliFailure;
import dev.muster.cli.CommandLines;
import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Json;
import dev.muster.v1.CertificateReply;
import dev.muster.v1.CertificateRequest;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get certificate CLUSTER}: the variables of a client of ray://, for a shell. */
@Command(
    footer = {
      "# Of the Ray cluster demo; one is made unless there is a good one",
      "eval \"$(muster get certificate demo)\"",
      "# Another one, for a week",
      "muster get certificate demo --refresh --days 7"
    })
public final class CertificateCommand extends MusterCommand {
  @Mixin TargetOptions target;
  @Mixin JsonOption output;

  @Parameters(arity = "1", paramLabel = "CLUSTER", description = "Which Ray cluster.")
  String cluster;

  @Option(names = "--refresh", description = "Make another one, also if there is a good one.")
  boolean refresh;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long a new one is good for: ${DEFAULT-VALUE} if not given.")
  int days;

  /** What is asked, but for who asks. */
  public CertificateRequest request() {
    if (days < 1) {
      throw CliFailure.usage("--days takes a number from 1 on, not " + days);
    }
    return CertificateRequest.newBuilder()
        .setTarget(target.target())
        .setCluster(cluster)
        .setAnew(refresh)
        .setDays(days)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    boolean json = output.isJson();
    CertificateReply reply =
        Certificates.daemon(session)
            .certificate(request().toBuilder().setCaller(session.caller()).build());
    ClientCertificate certificate = reply.getCertificate();
    Map<String, String> environment = new LinkedHashMap<>();
    for (Variable variable : reply.getEnvironmentList()) {
      environment.put(variable.getName(), variable.getValue());
    }
    if (json) {
      Map<String, Object> record = Certificates.record(certificate);
      record.put("made", reply.getMade());
      record.put("environment", environment);
      Json.print(session.io().out(), record);
      return ExitCode.DONE;
    }
    environment.forEach(
        (name, value) ->
            session.io().out().println("export " + name + "=" + CommandLines.quoted(value)));
    session.io().out().flush();
    session
        .io()
        .warn(
            Cells.clean(
                "%s a certificate for %s in %s, good until %s"
                    .formatted(
                        reply.getMade() ? "made" : "there is",
                        certificate.getCluster(),
                        certificate.getDirectory(),
                        Certificates.ends(certificate))));
    return ExitCode.DONE;
  }
}
