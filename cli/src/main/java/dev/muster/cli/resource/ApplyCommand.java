package dev.muster.cli.resource;

import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.v1.ApplyRequest;
import dev.muster.v1.Manifest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apply NOUN NAME | -f FILE}: makes it as the manifest says, or creates it. */
@Command(
    footer = {
      "# What demo.yaml says, created if there is none",
      "muster apply NOUN demo",
      "# From standard input, after a look at what would change",
      "muster diff NOUN -f - < demo.yaml",
      "muster apply NOUN -f - < demo.yaml"
    })
public final class ApplyCommand extends WriteCommand {
  @Mixin ManifestOptions manifest;

  @Option(
      names = {"--force", "--force-conflicts"},
      description = "Take over fields that somebody else has set.")
  boolean force;

  public ApplyCommand(Noun noun) {
    super(noun, "applied");
  }

  /** What is asked, but for who asks and what to apply. */
  public ApplyRequest request() {
    return ApplyRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setForce(force)
        .setDryRun(dryRun)
        .build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    Manifest text = manifest.manifest(session.io(), "muster apply " + noun.name());
    return work.apply(request().toBuilder().setCaller(session.caller()).setManifest(text).build());
  }
}
