package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.input.StandardInput;
import dev.muster.v1.PatchRequest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patch NOUN NAME -p PATCH | -f FILE}. */
@Command(
    footer = {
      "# Set a label",
      "muster patch NOUN demo -p '{metadata: {labels: {team: vision}}}'",
      "# A list of operations from a file",
      "muster patch NOUN demo --type json -f patch.yaml"
    })
public final class PatchCommand extends WriteCommand {
  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(
      names = {"-p", "--patch"},
      paramLabel = "PATCH",
      description = "The patch, as YAML or JSON.")
  String patch = "";

  @Option(
      names = {"-f", "--file", "--patch-file"},
      paramLabel = "FILE",
      description = "A file that holds the patch; - for standard input.")
  String file = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "merge: the fields as they shall be (RFC 7396); json: operations (RFC 6902).")
  String type = "merge";

  public PatchCommand(Noun noun) {
    super(noun, "patched");
  }

  /** What is asked, but for who asks and what standard input holds. */
  public PatchRequest request() {
    if (patch.isEmpty() == file.isEmpty()) {
      throw CliFailure.usage(
          "'muster patch %s' needs a patch (-p) or a file (-f)%s"
              .formatted(noun.name(), patch.isEmpty() ? "" : ", not both"));
    }
    if (!type.equals("merge") && !type.equals("json")) {
      throw CliFailure.usage("--type is merge or json, not '%s'".formatted(type));
    }
    return PatchRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .setPatch(patch)
        .setPatchFile(file.equals("-") ? "" : file)
        .setType(type)
        .setDryRun(dryRun)
        .build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    Io io = session.io();
    PatchRequest.Builder request = request().toBuilder();
    if (file.equals("-")) {
      request.setPatch(StandardInput.text(io));
    }
    return work.patch(request.setCaller(session.caller()).build());
  }
}
