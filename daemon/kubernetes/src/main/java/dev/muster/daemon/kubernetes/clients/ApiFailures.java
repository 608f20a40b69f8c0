package dev.muster.daemon.kubernetes.clients;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.contexts.Access;

/** What the API server said, as one sentence for the person who asked. */
public final class ApiFailures {
  private ApiFailures() {}

  /**
   * @param doing what was being done, such as "create the RayCluster demo in the namespace default"
   * @param resource the plural that was meant, such as "rayclusters"
   */
  public static Failure of(RuntimeException failure, Access access, String doing, String resource) {
    return switch (failure) {
      case Failure f -> f;
      case UnreachableException e when e.refused() ->
          new Failure(
              Failure.Kind.NOT_LOGGED_IN,
              capital(e.getMessage())
                  + " of the user "
                  + access.user()
                  + "; sign in with `muster login`.",
              e);
      case UnreachableException e ->
          new Failure(
              Failure.Kind.NO_ANSWER,
              capital(e.getMessage()) + " (context " + access.context() + ").",
              e);
      case ApiException e -> answered(e, access, doing, resource);
      default -> throw failure;
    };
  }

  private static Failure answered(ApiException e, Access access, String doing, String resource) {
    String said = said(e);
    return switch (e.code()) {
      case 401 ->
          new Failure(
              Failure.Kind.NOT_LOGGED_IN,
              "The token for "
                  + access.server()
                  + " (user "
                  + access.user()
                  + ") was refused or has expired; sign in with `muster login`.",
              e);
      case 403 -> new Failure(Failure.Kind.FORBIDDEN, "You may not " + doing + ": " + said, e);
      case 404 ->
          e.about().equals("namespaces")
              ? new Failure(Failure.Kind.NOT_FOUND, "Cannot " + doing + ": " + said, e)
              : e.about().equals(resource)
                  ? new Failure(Failure.Kind.NOT_FOUND, "Cannot " + doing + ": there is none.", e)
                  : new Failure(
                      Failure.Kind.FAILED,
                      "The server " + access.server() + " has no " + resource + ".",
                      e);
      case 409 ->
          e.reason().equals("AlreadyExists")
              ? new Failure(Failure.Kind.EXISTS, "Cannot " + doing + ": it is there already.", e)
              : new Failure(Failure.Kind.FAILED, "Cannot " + doing + ": " + said, e);
      case 400, 422 -> new Failure(Failure.Kind.USAGE, "Cannot " + doing + ": " + said, e);
      case 429 ->
          new Failure(
              Failure.Kind.NO_ANSWER,
              access.server() + " is too busy to " + doing + "; try again later.",
              e);
      default ->
          new Failure(
              Failure.Kind.FAILED,
              "Cannot "
                  + doing
                  + ": "
                  + access.server()
                  + " answered HTTP "
                  + e.code()
                  + ": "
                  + said,
              e);
    };
  }

  /** Why a watch is not live, as a clause. */
  public static String clause(RuntimeException failure, Access access, String doing) {
    return switch (failure) {
      case UnreachableException e -> e.getMessage();
      case ApiException e when e.code() == 401 ->
          "the token for " + access.server() + " was refused or has expired; log in again";
      case ApiException e when e.code() == 403 ->
          "you may not " + doing + ": " + said(e).replaceFirst("\\.$", "");
      case ApiException e ->
          access.server() + " answered HTTP " + e.code() + ": " + said(e).replaceFirst("\\.$", "");
      case Failure f -> f.getMessage().replaceFirst("\\.$", "");
      default -> "an error of muster's own: " + failure;
    };
  }

  private static String said(ApiException e) {
    String text =
        e.causes().isEmpty() || e.code() != 422
            ? String.valueOf(e.getMessage())
            : String.join("; ", e.causes());
    String line = text.strip().replaceAll("\\s*\\n\\s*", " ");
    return line.endsWith(".") ? line : line + ".";
  }

  private static String capital(String text) {
    return text.startsWith("http")
        ? text
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
