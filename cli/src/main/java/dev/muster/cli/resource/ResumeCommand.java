package dev.muster.cli.resource;

import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.v1.SuspendRequest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code resume NOUN NAME}: lets it go on. */
@Command(
    footer = {
      "# Let it go on after muster suspend",
      "muster resume NOUN demo",
      "# And return when it is ready again",
      "muster resume NOUN demo && muster wait NOUN demo"
    })
public final class ResumeCommand extends WriteCommand {
  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public ResumeCommand(Noun noun) {
    super(noun, "resumed");
  }

  /** What is asked, but for who asks. */
  public SuspendRequest request() {
    return SuspendRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .setSuspended(false)
        .setDryRun(dryRun)
        .build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    return work.suspend(request().toBuilder().setCaller(session.caller()).build());
  }
}
