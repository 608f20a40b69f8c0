package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.Direct;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The ways that the daemon knows. One search at a time for each cluster, for whoever wants it;
 * nobody waits for another cluster's.
 */
public final class Ways implements RayWays, AutoCloseable {
  /** How long nobody asks whether the cluster is still the same one. */
  private static final Duration TRUSTED = Duration.ofSeconds(10);

  /**
   * How long an address that does not answer is kept: for whoever typed a wrong one to be told so
   * by all that he asked for, and over a dashboard's restart.
   */
  private static final Duration SILENT = Duration.ofSeconds(30);

  private static final int MOST = 500;

  /** No bundle of certificates. */
  private static final String ANYBODY = "anybody";

  private record Key(String identity, String namespace, String cluster, RayAddress address) {
    /** The same, found by itself. */
    Key unaddressed() {
      return new Key(identity, namespace, cluster, RayAddress.NONE);
    }
  }

  /**
   * What a user said of a cluster's dashboard.
   *
   * @param silent since when it has not led there; null: it did the last time
   */
  private record Introduced(RayAddress address, Instant silent) {
    Introduced silentSince(Instant now) {
      return silent == null ? new Introduced(address, now) : this;
    }
  }

  private static final class Found {
    final CompletableFuture<Way> way = new CompletableFuture<>();
    volatile Instant checked;

    Found(Instant now) {
      checked = now;
    }

    /** Whether there is a way: the search is over, and was not in vain. */
    boolean known() {
      return way.isDone() && !way.isCompletedExceptionally();
    }
  }

  private final Clock clock;
  private final Map<Key, Found> ways = new ConcurrentHashMap<>();
  private final Map<Key, Introduced> introduced = new ConcurrentHashMap<>();
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  public Ways(Clock clock) {
    this.clock = clock;
  }

  @Override
  public RayEndpoint to(
      Supplier<ApiClient> client,
      Map<String, String> environment,
      String namespace,
      String cluster,
      RayAddress address) {
    Key cold = new Key(client.get().access().identity(), namespace, cluster, RayAddress.NONE);
    Introduced before = introduced.get(cold);
    if (before != null) {
      forgetReplaced(new Key(cold.identity, namespace, cluster, before.address), client);
    }
    if (!address.url().isEmpty() && !cluster.isEmpty()) {
      introduce(cold.identity, namespace, cluster, address);
    }
    Introduced known = introduced.get(cold);
    if (known == null || !(address.url().isEmpty() || address.equals(known.address))) {
      return to(client, environment, new Key(cold.identity, namespace, cluster, address));
    }
    try {
      RayEndpoint endpoint =
          to(client, environment, new Key(cold.identity, namespace, cluster, known.address));
      if (known.silent != null) {
        introduced.replace(cold, known, new Introduced(known.address, null));
      }
      return endpoint;
    } catch (Failure failure) {
      Introduced silent = known.silentSince(clock.instant());
      if (clock.instant().isAfter(silent.silent.plus(SILENT))) {
        introduced.remove(cold, known);
      } else {
        introduced.replace(cold, known, silent);
      }
      throw failure;
    }
  }

  /**
   * Has an address go for a cluster from now on, also where none is given: for its jobs' states and
   * logs, until another is given, it has not answered for a while, the cluster is another one, or
   * this ends. In memory only: its headers can be secrets.
   */
  public void introduce(String identity, String namespace, String cluster, RayAddress address) {
    Key cold = new Key(identity, namespace, cluster, RayAddress.NONE);
    Introduced known = introduced.get(cold);
    if (known == null || !known.address.equals(address)) {
      if (introduced.size() >= MOST) {
        introduced.clear();
      }
      introduced.put(cold, new Introduced(address, clock.instant()));
    }
  }

  private RayEndpoint to(Supplier<ApiClient> client, Map<String, String> environment, Key key) {
    String given = RayTokens.given(environment);
    forgetReplaced(key, client);
    Found mine = new Found(clock.instant());
    Found found = ways.putIfAbsent(key, mine);
    if (found == null) {
      // By itself: whoever began it may lose interest, and others wait for it too.
      Thread.ofVirtual().start(() -> search(key, mine, client, environment));
      found = mine;
    }
    try {
      return found.way.get().endpoint(client, given);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.NO_ANSWER, "Interrupted.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure
          ? new Failure(failure.kind(), failure.getMessage(), e)
          : new IllegalStateException("the search for a way to " + key.cluster + " broke off", e);
    }
  }

  private void search(
      Key key, Found mine, Supplier<ApiClient> client, Map<String, String> environment) {
    Search search = new Search(client, environment, key.namespace, key.cluster, this::outside);
    try {
      mine.way.complete(
          key.address.url().isEmpty()
              ? search.first()
              : search.by(key.address, at(key.address, environment)));
      trim();
    } catch (RuntimeException | Error e) {
      ways.remove(key, mine);
      mine.way.completeExceptionally(e);
    }
  }

  /** A cluster of the same name may be another one, with another token. */
  private void forgetReplaced(Key key, Supplier<ApiClient> client) {
    Found known = ways.get(key);
    if (known == null || !known.known() || key.cluster.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    if (known.way.resultNow().uid().isEmpty() || now.isBefore(known.checked.plus(TRUSTED))) {
      return;
    }
    known.checked = now;
    String uid;
    try {
      uid =
          new Clusters(client.get(), key.namespace)
              .cluster(key.cluster)
              .at("/metadata/uid")
              .asText("");
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.NOT_FOUND) {
        // The way may lead there all the same.
        return;
      }
      drop(key, known);
      introduced.remove(key.unaddressed());
      throw failure;
    }
    if (!uid.equals(known.way.resultNow().uid())) {
      drop(key, known);
      introduced.remove(key.unaddressed());
    }
  }

  @Override
  public void lost(RayEndpoint endpoint) {
    ways.forEach(
        (key, found) -> {
          if (found.known() && found.way.resultNow().isOf(endpoint)) {
            drop(key, found);
          }
        });
  }

  private void drop(Key key, Found found) {
    if (ways.remove(key, found)) {
      found.way.resultNow().close();
    }
  }

  private void trim() {
    for (Key key : ways.keySet()) {
      if (ways.size() <= MOST) {
        return;
      }
      Found found = ways.get(key);
      if (found != null && found.known()) {
        drop(key, found);
      }
    }
  }

  /** What asks an address that the user gave. */
  private HttpClient at(RayAddress address, Map<String, String> environment) {
    if (address.trustsAnybody()) {
      return clients.computeIfAbsent(ANYBODY, any -> Direct.trustingAnybody());
    }
    return address.verify().isEmpty()
        ? outside(environment)
        : trusting(address.verify(), "the file that --verify names");
  }

  HttpClient outside(Map<String, String> environment) {
    return trusting(
        environment.getOrDefault("CF_SDK_CA_CERT_PATH", ""),
        "the file that CF_SDK_CA_CERT_PATH names");
  }

  /**
   * One for each bundle of CAs that callers trust.
   *
   * @param path of it; empty for the JDK's
   */
  private HttpClient trusting(String path, String where) {
    String authority = "";
    try {
      authority = path.isEmpty() ? "" : Files.readString(Path.of(path));
    } catch (IOException e) {
      throw Failure.usage(
          Character.toUpperCase(where.charAt(0))
              + where.substring(1)
              + " cannot be read: "
              + path
              + ".");
    }
    return clients.computeIfAbsent(authority, pem -> Direct.trusting(pem, where));
  }

  @Override
  public void close() {
    ways.forEach(
        (key, found) -> {
          if (found.known()) {
            drop(key, found);
          }
        });
    clients.values().forEach(HttpClient::shutdownNow);
  }
}
