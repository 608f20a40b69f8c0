package dev.muster.daemon.sandbox.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The bearer tokens of the sandbox's users: random, made at start, never written to a log. */
public final class Tokens {

  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  public Tokens() {
    SecureRandom random = new SecureRandom();
    for (String name : User.NAMES) {
      byte[] secret = new byte[24];
      random.nextBytes(secret);
      String token = "sandbox-" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
      tokens.put(name, token);
      users.put(token, new User(name));
    }
  }

  /** The token of that user, expired or not; unknown users are an error. */
  public String of(String user) {
    return Optional.ofNullable(tokens.get(user))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the sandbox has no user \"%s\", only %s".formatted(user, User.NAMES)));
  }

  /** From now on nobody is let in with that user's token. */
  public void expire(String user) {
    users.remove(of(user));
  }

  /**
   * Who sends that header.
   *
   * @param authorization the Authorization header, null when there was none
   * @return empty when the token is unknown or expired
   */
  public Optional<User> authenticate(String authorization) {
    if (authorization == null) {
      return Optional.of(User.ANONYMOUS);
    }
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer
        ? Optional.ofNullable(users.get(authorization.substring(7).strip()))
        : Optional.empty();
  }
}
