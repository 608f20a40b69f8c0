package dev.muster.cli.resource;

import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.v1.SuspendRequest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code suspend NOUN NAME}: stops it without deleting it. */
@Command(
    footer = {
      "# Give back what it uses; it stays defined",
      "muster suspend NOUN demo",
      "# Let the server check whether that can be done",
      "muster suspend NOUN demo --dry-run"
    })
public final class SuspendCommand extends WriteCommand {
  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public SuspendCommand(Noun noun) {
    super(noun, "suspended");
  }

  /** What is asked, but for who asks. */
  public SuspendRequest request() {
    return SuspendRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .setSuspended(true)
        .setDryRun(dryRun)
        .build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    return work.suspend(request().toBuilder().setCaller(session.caller()).build());
  }
}
