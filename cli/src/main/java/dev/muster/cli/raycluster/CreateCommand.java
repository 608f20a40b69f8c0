package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Noun;
import dev.muster.cli.define.Names;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.Setting;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code create raycluster [NAME]}: from NAME.yaml, from another file, or from options. */
@Command(
    footer = {
      "# From demo.yaml, which 'muster define raycluster demo' wrote",
      "muster VERB raycluster demo",
      "# The same, and return when it is ready",
      "muster VERB raycluster demo --wait --timeout 10m",
      "# From options, without a file",
      "muster VERB raycluster --name demo --num-workers 2",
      "# From standard input",
      "muster VERB raycluster -f -"
    })
public final class CreateCommand extends dev.muster.cli.resource.CreateCommand {
  @Spec CommandSpec spec;

  @Option(names = "--name", paramLabel = "NAME", description = "The name; no file is read.")
  String nameOption = "";

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "A template file, or the name of one in the configuration directory.")
  String template = "";

  private final String verb;

  /**
   * @param verb as it is typed: create, or submit, which is the same
   */
  public CreateCommand(Noun noun, String verb) {
    super(noun);
    this.verb = verb;
  }

  @Override
  protected void configure(CommandSpec command) {
    String[] footer = command.usageMessage().footer().clone();
    for (int i = 0; i < footer.length; i++) {
      footer[i] = footer[i].replace("VERB", verb);
    }
    command.usageMessage().footer(footer);
    command.addMixin(RayClusterOptions.MIXIN, RayClusterOptions.ALL.mixin());
    super.configure(command);
  }

  /** What is asked, but for who asks and what standard input holds. */
  @Override
  public CreateRequest request() {
    List<Setting> settings = RayClusterOptions.ALL.settings(spec.commandLine().getParseResult());
    boolean options = !settings.isEmpty() || !nameOption.isEmpty() || !template.isEmpty();
    if (!file.isEmpty() && options) {
      throw CliFailure.usage("-f and options that describe a cluster do not go together");
    }
    if (name.isEmpty() && file.isEmpty() && !options) {
      throw CliFailure.usage(
          "'muster %1$s raycluster' needs a name, a file (-f) or options; see 'muster %1$s raycluster --help'"
              .formatted(verb));
    }
    CreateRequest.Builder request =
        withFile().setName(Names.one(name, nameOption)).setTemplate(template);
    if (!nameOption.isEmpty()) {
      request.addSettings(Setting.newBuilder().setName("name").addValues(nameOption));
    }
    return request.addAllSettings(settings).build();
  }
}
