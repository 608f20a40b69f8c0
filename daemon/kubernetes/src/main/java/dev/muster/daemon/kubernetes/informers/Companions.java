package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.informers.Belongings.Cluster;
import dev.muster.daemon.kubernetes.informers.Notes.Owner;
import dev.muster.daemon.kubernetes.informers.Notes.Place;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodNote;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Pods and warnings on their way into the cache, and with them the reasons of the clusters that
 * they are about: those have their rows made anew whenever what is known of them changes.
 */
final class Companions {
  /** As many warnings wait for their pods as come in before one does; others' pods never come. */
  private static final int EARLY = 500;

  private final Ledger ledger;

  /**
   * The last warnings about pods that are not known: a watch of events can be ahead of that of
   * pods. Guarded by the ledger's order.
   */
  private final LinkedHashMap<Place, JsonNode> early = new LinkedHashMap<>();

  Companions(Ledger ledger) {
    this.ledger = ledger;
  }

  void pod(ObjectNode pod, Instant observed) {
    PodNote note = PodNote.of(pod);
    ledger.writer.put(PodRow.of(ledger.identity, pod, note, observed));
    changing(() -> ledger.belongings.pod(Meta.namespace(pod), Meta.name(pod), note, observed));
    JsonNode ahead =
        ledger.inOrder(() -> early.remove(new Place(Meta.namespace(pod), Meta.name(pod))));
    if (ahead != null) {
      event(ahead, observed);
    }
  }

  void podGone(JsonNode pod, Instant at) {
    ledger.writer.remove(Meta.key(ledger.identity, PodRow.KIND, pod), Meta.uid(pod), at);
    changing(() -> ledger.belongings.podGone(Meta.namespace(pod), Meta.name(pod)));
  }

  long podsListed(String namespace, Instant started) {
    changing(() -> ledger.belongings.podsNotSeenSince(namespace, started));
    return ledger.writer.sweep(ledger.identity, PodRow.KIND, namespace, started);
  }

  /** A warning; ignored unless it is about a RayCluster or what belongs to one. */
  void event(JsonNode event, Instant observed) {
    Key key = EventRow.key(ledger.identity, event);
    String kind = event.path("involvedObject").path("kind").asText("");
    Place about = new Place(key.namespace(), event.path("involvedObject").path("name").asText(""));
    Optional<String> cluster = clusterOf(kind, about);
    if (cluster.isEmpty()) {
      if (kind.equals("Pod")) {
        waitForPod(about, event, observed);
      }
      return;
    }
    Cluster concerned = new Cluster(key.namespace(), cluster.get());
    changing(
        () -> {
          boolean newest =
              ledger.belongings.warning(
                  concerned,
                  key.name(),
                  EventRow.text(event),
                  Meta.uid(event),
                  EventRow.at(event),
                  observed);
          if (newest) {
            ledger.writer.put(EventRow.of(ledger.identity, event, cluster.get(), observed));
          }
          return newest ? Set.of(concerned) : Set.of();
        });
  }

  void eventGone(JsonNode event, Instant at) {
    changing(
        () -> {
          Set<Cluster> concerned = ledger.belongings.warningGone(Meta.uid(event));
          if (!concerned.isEmpty()) {
            ledger.writer.remove(EventRow.key(ledger.identity, event), Meta.uid(event), at);
          }
          return concerned;
        });
  }

  long eventsListed(String namespace, Instant started) {
    changing(() -> ledger.belongings.warningsNotSeenSince(namespace, started));
    return ledger.writer.sweep(ledger.identity, EventRow.KIND, namespace, started);
  }

  private void waitForPod(Place pod, JsonNode event, Instant observed) {
    ledger.inOrder(
        () -> {
          early.remove(pod);
          early.put(pod, event);
          if (early.size() > EARLY) {
            early.pollFirstEntry();
          }
          return null;
        });
    // The pod may have come in the meantime.
    boolean known = ledger.belongings.clusterOf(pod.namespace(), pod.name()).isPresent();
    if (known && ledger.inOrder(() -> early.remove(pod)) != null) {
      event(event, observed);
    }
  }

  /** The name of the cluster that an object of such a kind belongs to, if it is known to. */
  private Optional<String> clusterOf(String kind, Place object) {
    return switch (kind) {
      case RayClusterRow.TITLE -> Optional.of(object.name());
      case AppWrapperRow.TITLE -> wrappedBy(object.namespace(), object.name());
      case "Workload" ->
          ledger.notes.ownerOf(object.namespace(), object.name()).flatMap(this::clusterOf);
      case "Pod" -> ledger.belongings.clusterOf(object.namespace(), object.name());
      default -> Optional.empty();
    };
  }

  private Optional<String> clusterOf(Owner owner) {
    return RayClusterRow.RESOURCE
        .nameOf(owner.name())
        .or(
            () ->
                AppWrapperRow.RESOURCE
                    .nameOf(owner.name())
                    .flatMap(name -> wrappedBy(owner.namespace(), name)));
  }

  private Optional<String> wrappedBy(String namespace, String appWrapper) {
    return ledger
        .notes
        .wrapper(namespace, appWrapper)
        .flatMap(note -> note.clusters().stream().sorted().findFirst());
  }

  private void changing(Supplier<Set<Cluster>> change) {
    ledger.inOrder(
        () -> {
          ledger.recomputeClusters(change.get());
          return null;
        });
  }
}
