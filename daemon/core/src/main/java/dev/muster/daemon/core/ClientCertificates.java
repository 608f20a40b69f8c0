package dev.muster.daemon.core;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Certificates by which clusters know their clients, kept in files of the caller's: nothing of them
 * is in the cache, and no private key leaves its file.
 */
public interface ClientCertificates {
  /**
   * One that can be used now: the one that is kept, unless it has expired, is of another authority,
   * or is not wanted any more.
   *
   * @param anew make another one in any case
   * @param days how long a new one is good for; 0 for 30
   * @throws Failure NOT_FOUND if there is no such cluster, or it wants none; FORBIDDEN if the
   *     caller may not read who signs them
   */
  Ready ready(Caller caller, Target target, String cluster, boolean anew, int days);

  /** All that the caller keeps, by directory. */
  List<Kept> kept(Caller caller);

  /**
   * Removes one cluster's.
   *
   * @return it; nothing if there is none
   */
  List<Kept> forget(Caller caller, Target target, String cluster, boolean dryRun);

  /** Removes those that have expired, and answers with them. */
  List<Kept> forgetExpired(Caller caller, boolean dryRun);

  /**
   * One that is kept.
   *
   * @param directory with ca.crt, tls.crt and tls.key in it
   * @param ends null if it cannot be read
   */
  record Kept(String cluster, String namespace, Path directory, Instant ends, boolean expired) {}

  /**
   * One that can be used.
   *
   * @param environment what tells a client to use it, in the order to set it
   * @param made whether it is a new one
   */
  record Ready(Kept kept, Map<String, String> environment, boolean made) {}
}
