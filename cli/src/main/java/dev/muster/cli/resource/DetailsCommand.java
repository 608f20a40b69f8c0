package dev.muster.cli.resource;

import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Records;
import dev.muster.v1.GetReply;
import dev.muster.v1.Resource;
import picocli.CommandLine.Command;

/** {@code details NOUN NAME}: all that is known of it, a line each; what is not known is "-". */
@Command(
    footer = {
      "# All that is known of it",
      "muster details NOUN demo",
      "# One field, for a script",
      "muster details NOUN demo -o jsonpath='{.details.uri}'"
    })
public final class DetailsCommand extends TellingCommand {
  public DetailsCommand(Noun noun) {
    super(noun, true);
  }

  @Override
  void print(Io io, GetReply reply) {
    fields(reply.getResource()).print(io);
  }

  private Fields fields(Resource resource) {
    Fields fields = new Fields();
    fields.add("name", resource.getName());
    fields.add("namespace", resource.getNamespace());
    fields.add("context", resource.getContext());
    fields.add("status", state(resource));
    fields.add("ready", resource.getReady() ? "yes" : "no");
    fields.add("reason", resource.getReason());
    fields.add("created", Records.time(resource.getCreatedAtMs()));
    fields.add("owner", resource.getOwner());
    String details = resource.getDetailsJson();
    fields.addAll("", details.isEmpty() ? null : Json.parse(details));
    return fields;
  }
}
