package dev.muster.cli.resource;

import dev.muster.cli.Durations;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Estimates;
import dev.muster.v1.GetReply;
import dev.muster.v1.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;

/** {@code status NOUN NAME}: exit 0 whatever the state is, 3 if there is none. */
@Command(
    footer = {
      "# In which state, ready or not, why, and since when",
      "muster status NOUN demo",
      "# The state alone, for a script",
      "muster status NOUN demo -o jsonpath='{.state}'"
    })
public final class StatusCommand extends TellingCommand {
  public StatusCommand(Noun noun) {
    super(noun, false);
  }

  @Override
  protected boolean asksRay() {
    return true;
  }

  @Override
  void print(Io io, GetReply reply) {
    Resource resource = reply.getResource();
    line(io, "state", state(resource));
    line(io, "ready", resource.getReady() ? "yes" : "no");
    line(io, "reason", resource.getReason());
    line(io, "native", resource.getNativeState());
    if (resource.getChangedAtMs() != 0) {
      line(io, "since", since(io, Instant.ofEpochMilli(resource.getChangedAtMs())));
    }
    if (reply.hasEstimate()) {
      line(io, "takes", Estimates.text(reply.getEstimate()));
    }
  }

  private static String since(Io io, Instant then) {
    String time = then.truncatedTo(ChronoUnit.SECONDS).toString();
    return io.outTerminal()
        ? time + " (" + Durations.roughly(Duration.between(then, io.clock().instant())) + ")"
        : time;
  }

  /** Nothing for what is not known. */
  private static void line(Io io, String title, String value) {
    if (!value.isEmpty()) {
      io.out().print(title);
      if (io.outTerminal()) {
        io.out().print(":").spaces("native ".length() - title.length());
      } else {
        io.out().print("\t");
      }
      io.out().println(Cells.clean(value));
    }
  }
}
