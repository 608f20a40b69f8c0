package dev.muster.daemon.sandbox.http;

import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.auth.Action;
import dev.muster.daemon.sandbox.auth.Tokens;
import dev.muster.daemon.sandbox.auth.User;

/** Says who sends a request, and writes down that he did. */
public final class Callers {
  private final Tokens tokens;
  private final Access access;
  private final Audit audit;

  public Callers(Tokens tokens, Access access, Audit audit) {
    this.tokens = tokens;
    this.access = access;
    this.audit = audit;
  }

  /**
   * Whoever the token is of, or whom he asks to act as; one that nobody has heard of may do
   * nothing.
   *
   * @throws dev.muster.daemon.sandbox.api.ApiException if the token is not known, or its user may
   *     not act as another
   */
  User of(Exchange exchange) {
    User user = tokens.authenticate(exchange.header("Authorization")).orElse(null);
    String other = exchange.header("Impersonate-User");
    boolean impersonates = user != null && other != null;
    audit.add(
        (user == null ? "-" : user.name())
            + (impersonates ? " as " + other : "")
            + " "
            + exchange.method()
            + " "
            + exchange.rawPath()
            + (user == null || exchange.rawQuery() == null ? "" : "?" + exchange.rawQuery()));
    if (user == null) {
      throw Failures.unauthorized();
    }
    if (!impersonates) {
      return user;
    }
    Action action = new Action("impersonate", "", "users", "", other);
    if (!access.allows(user, action)) {
      throw Failures.forbidden(user, action);
    }
    return new User(other);
  }
}
