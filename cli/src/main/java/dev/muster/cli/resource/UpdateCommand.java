package dev.muster.cli.resource;

import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.v1.Manifest;
import dev.muster.v1.UpdateRequest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code update NOUN NAME | -f FILE}: replaces the whole object. */
@Command(
    footer = {
      "# Make it exactly what demo.yaml says; what is not in there goes",
      "muster update NOUN demo",
      "# Let the server check a file, change nothing",
      "muster update NOUN -f demo.yaml --dry-run"
    })
public final class UpdateCommand extends WriteCommand {
  @Mixin ManifestOptions manifest;

  public UpdateCommand(Noun noun) {
    super(noun, "updated");
  }

  /** What is asked, but for who asks and what to put there. */
  public UpdateRequest request() {
    return UpdateRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setDryRun(dryRun)
        .build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    Manifest text = manifest.manifest(session.io(), "muster update " + noun.name());
    return work.update(request().toBuilder().setCaller(session.caller()).setManifest(text).build());
  }
}
