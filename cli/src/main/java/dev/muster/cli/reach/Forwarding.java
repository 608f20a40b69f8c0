package dev.muster.cli.reach;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Session;
import dev.muster.cli.output.Cells;
import dev.muster.v1.ForwardRequest;
import dev.muster.v1.ForwardUpdate;
import dev.muster.v1.Port;
import dev.muster.v1.ReachGrpc;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Ports of this machine that are open for as long as the command runs: until it is interrupted. */
final class Forwarding {
  private final Session session;

  Forwarding(Session session) {
    this.session = session;
  }

  /**
   * @param request but for who asks
   * @param open is given the ports, once
   */
  ExitCode hold(ForwardRequest request, Consumer<List<Port>> open) {
    Io io = session.io();
    Iterator<ForwardUpdate> updates =
        ReachGrpc.newBlockingStub(session.channel())
            .forward(request.toBuilder().setCaller(session.caller()).build());
    boolean opened = false;
    while (updates.hasNext()) {
      ForwardUpdate update = updates.next();
      if (!opened && update.getPortsCount() > 0) {
        opened = true;
        open.accept(update.getPortsList());
        io.out().flush();
        String how = update.getWords().isEmpty() ? "" : " (" + update.getWords() + ")";
        io.warn(Cells.clean("open until you press Ctrl-C" + how));
      }
      if (!update.getChanged().isEmpty()) {
        io.warn(Cells.clean(update.getChanged()));
      }
    }
    return ExitCode.DONE;
  }

  /** Where a program of this machine finds what is behind it. */
  static String url(Port port) {
    String scheme = port.getName().equals("client") ? "ray" : "http";
    return scheme + "://localhost:" + port.getLocal();
  }
}
