package dev.muster.cli.access;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.Session;
import dev.muster.cli.output.Cells;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.LoginReply;
import dev.muster.v1.LoginRequest;
import dev.muster.v1.Target;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks for what is missing, where somebody can answer, and logs in. */
public final class LoginFlow {
  private static final long DEADLINE_SECONDS = 60;

  private final Session session;

  public LoginFlow(Session session) {
    this.session = session;
  }

  /**
   * @param say gets the line that says where it led
   * @throws CliFailure if something is missing and nobody can be asked
   */
  void login(LoginRequest request, Consumer<String> say) {
    Io io = session.io();
    LoginReply reply =
        AccessGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .login(whole(request).toBuilder().setCaller(session.caller()).build());
    reply.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    say.accept("Logged into '" + Cells.clean(reply.getServer()) + "'");
    io.warn(
        "%scontext %s in %s"
            .formatted(
                reply.getUser().isEmpty() ? "" : "as " + Cells.clean(reply.getUser()) + ", ",
                Cells.clean(reply.getContext()),
                Cells.clean(reply.getFile())));
  }

  /**
   * Offers a login to somebody whose command was refused. All of it is said on standard error:
   * standard output is for what the command answers then.
   *
   * @param target where that command was aimed
   * @return whether there was one
   */
  public static boolean offered(Session session, Target target, String refusal) {
    Io io = session.io();
    io.warn("muster: " + refusal);
    if (!Prompt.yes(io, "Log in now, and go on then?")) {
      return false;
    }
    new LoginFlow(session).login(LoginRequest.newBuilder().setTarget(target).build(), io::warn);
    return true;
  }

  private LoginRequest whole(LoginRequest request) {
    boolean chooses = request.hasConfigPath() && request.getServer().isEmpty();
    if (!request.getToken().isEmpty() || chooses) {
      return request;
    }
    Io io = session.io();
    if (!io.inTerminal()) {
      throw CliFailure.usage(
          "a login needs a token: --token-file FILE, or --token - to read it from standard input");
    }
    LoginRequest.Builder whole = request.toBuilder();
    if (request.getServer().isEmpty()) {
      whole.setServer(Prompt.line(io, "Server (empty: that of the current context): "));
    }
    String token = Prompt.secret(io, "Token: ");
    if (token.isEmpty()) {
      throw CliFailure.usage("no token was given");
    }
    return whole.setToken(token).build();
  }
}
