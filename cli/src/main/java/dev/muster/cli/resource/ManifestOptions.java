package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.input.StandardInput;
import dev.muster.v1.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the manifest is that a command is about. */
@Command
final class ManifestOptions {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name; NAME.yaml is read.")
  String name = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The manifest; - for standard input.")
  String file = "";

  /**
   * @param path of the command, for what is said
   * @throws CliFailure if there is none, or it is said twice
   */
  Manifest manifest(Io io, String path) {
    if (name.isEmpty() == file.isEmpty()) {
      throw CliFailure.usage(
          "'%s' needs %s; see '%s --help'"
              .formatted(
                  path,
                  name.isEmpty() ? "a name or a file (-f)" : "a name or a file (-f), not both",
                  path));
    }
    return file.equals("-")
        ? Manifest.newBuilder().setYaml(StandardInput.text(io)).build()
        : Manifest.newBuilder().setName(name).setFile(file).build();
  }
}
