package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ClientCertificates;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.certificates.Authority;
import dev.muster.daemon.kubernetes.certificates.CertificateFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Certificates for the {@code ray://} of clusters that want one (mTLS). The Secret of who signs
 * them is read when one is asked for, with the rights of who asks, and forgotten.
 */
public final class RayCertificates implements ClientCertificates {
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 3650;

  private final Reach.Locator locator;
  private final InstantSource clock;

  RayCertificates(Reach.Locator locator, InstantSource clock) {
    this.locator = locator;
    this.clock = clock;
  }

  @Override
  public Ready ready(Caller caller, Target target, String cluster, boolean anew, int days) {
    if (days < 0 || days > MOST_DAYS) {
      throw Failure.usage(
          "A certificate is good for 1 to " + MOST_DAYS + " days, not " + days + ".");
    }
    Reach.Place place = locator.at(caller, target);
    Clusters clusters = place.clusters();
    // Says at once if there is no such thing.
    clusters.cluster(cluster);
    Authority authority =
        clusters
            .authority(cluster)
            .map(Authority::of)
            .orElseThrow(() -> none(cluster, place.namespace()));
    Duration lasting = Duration.ofDays(days == 0 ? DAYS : days);
    return ready(files(caller), authority, cluster, place.namespace(), anew, lasting);
  }

  /** One at a time; no server is waited for meanwhile. */
  private synchronized Ready ready(
      CertificateFiles files,
      Authority authority,
      String cluster,
      String namespace,
      boolean anew,
      Duration lasting) {
    Instant now = clock.instant();
    Optional<Kept> there = anew ? Optional.empty() : files.good(authority, cluster, namespace, now);
    Kept kept = there.orElseGet(() -> files.make(authority, cluster, namespace, now, lasting));
    return new Ready(kept, CertificateFiles.environment(kept.directory()), there.isEmpty());
  }

  private static Failure none(String cluster, String namespace) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "The RayCluster "
            + cluster
            + " in the namespace "
            + namespace
            + " has no Secret "
            + cluster
            + "-ca-secret-… with the label "
            + Authority.LABEL
            + ": its ray:// wants no certificate, or the operator that makes it is not done;"
            + " connect without one, or try again.");
  }

  @Override
  public List<Kept> kept(Caller caller) {
    return files(caller).all(clock.instant());
  }

  @Override
  public List<Kept> forget(Caller caller, Target target, String cluster, boolean dryRun) {
    Clusters.checked(cluster);
    return forget(caller, locator.at(caller, target).namespace(), cluster, dryRun);
  }

  private synchronized List<Kept> forget(
      Caller caller, String namespace, String cluster, boolean dryRun) {
    CertificateFiles files = files(caller);
    List<Kept> found = files.find(cluster, namespace, clock.instant()).stream().toList();
    return removed(files, found, dryRun);
  }

  @Override
  public synchronized List<Kept> forgetExpired(Caller caller, boolean dryRun) {
    CertificateFiles files = files(caller);
    return removed(
        files, files.all(clock.instant()).stream().filter(Kept::expired).toList(), dryRun);
  }

  private static List<Kept> removed(CertificateFiles files, List<Kept> which, boolean dryRun) {
    if (!dryRun) {
      which.forEach(files::remove);
    }
    return which;
  }

  /** Removes what is of no use any more. That it cannot is no failure of the deletion. */
  public void clusterIsGone(Caller caller, String namespace, String cluster) {
    try {
      forget(caller, namespace, cluster, false);
    } catch (Failure failure) {
      Logger.getLogger(RayCertificates.class).warn(failure.getMessage());
    }
  }

  /** What whoever connects must know, if the cluster wants certificates and that can be seen. */
  Optional<String> hint(Reach.Place place, String cluster) {
    try {
      return place
          .clusters()
          .authority(cluster)
          .map(
              secret ->
                  "ray:// of "
                      + cluster
                      + " wants a certificate; before you start Python: eval \"$(muster get"
                      + " certificate "
                      + cluster
                      + " -n "
                      + place.namespace()
                      + ")\"");
    } catch (Failure failure) {
      // Who may not read Secrets can have been given the files.
      return Optional.empty();
    }
  }

  private static CertificateFiles files(Caller caller) {
    return CertificateFiles.of(caller.directory(), caller.environment());
  }
}
