package dev.muster.daemon.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Signing in to a remote system and out again. All methods throw {@link Failure} with a sentence
 * for the user, and leave every file as it was when they do.
 */
public interface SignIn {
  /**
   * Verifies with the server, and keeps what was given only then.
   *
   * @throws Failure NOT_LOGGED_IN if the server refuses the token, USAGE for a file that is not
   *     there
   */
  LoggedIn login(Caller caller, Target target, Login login);

  /** Takes back what {@link #login} did; empty if there is nothing to take back. */
  Optional<LoggedOut> logout(Caller caller, Target target);

  /** Asks the server. */
  WhoAmI whoAmI(Caller caller, Target target);

  /** Makes a context the current one of its file. */
  Source.ContextEntry use(Caller caller, Target target, String context);

  /**
   * What was typed.
   *
   * @param server its URL; empty: that of the present context
   * @param token a bearer token
   * @param certificateAuthority a file with certificates; empty for none
   * @param insecure whether any certificate of the server will do
   * @param configPath another file of contexts to be used from now on, "" the default one again;
   *     empty if none was given
   */
  record Login(
      String server,
      String token,
      String certificateAuthority,
      boolean insecure,
      Optional<String> configPath) {
    /** Names no token. */
    @Override
    public String toString() {
      return "Login[" + server + "]";
    }
  }

  /**
   * @param user as the server knows him; empty if it does not say
   * @param file that was written or chosen
   * @param warnings for people, on standard error
   */
  record LoggedIn(String server, String user, String context, String file, List<String> warnings) {}

  /**
   * @param file that was changed or is no longer chosen
   */
  record LoggedOut(String server, String file) {}

  /**
   * @param user as the server knows him; empty if it does not say
   * @param file the files in words
   * @param expires when the token says that it expires; null if it does not
   */
  record WhoAmI(
      String user,
      String uid,
      List<String> groups,
      String server,
      String context,
      String namespace,
      String file,
      Instant expires) {}
}
