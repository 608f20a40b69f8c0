package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.informers.Notes.Place;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * AppWrappers on their way into the cache, and with them the clusters that they wrap: those have a
 * row from the moment on that the AppWrapper is there, queued as it is, and keep it while the
 * AppWrapper makes, deletes and remakes the object.
 */
final class Wrappings {
  /** An AppWrapper in such a state has made nothing yet, or has deleted it. */
  private static final Set<State> NOT_MADE = Set.of(State.QUEUED, State.SUSPENDED, State.FAILED);

  private final Ledger ledger;

  Wrappings(Ledger ledger) {
    this.ledger = ledger;
  }

  /** As a row, with what is known around it; not written. */
  Row row(ObjectNode appWrapper, Instant observed) {
    AppWrapperNote note = AppWrapperNote.of(appWrapper);
    return AppWrapperRow.of(
        ledger.identity,
        appWrapper,
        ledger.notes.workloadOf(note.namespace(), note.owner()),
        ledger.notes.inside(note.namespace(), note.clusters()),
        observed);
  }

  long put(ObjectNode appWrapper, Instant observed) {
    return ledger.inOrder(
        () -> {
          if (ledger.isDeleted(appWrapper)) {
            return ledger.writer.lastEnqueued();
          }
          AppWrapperNote note = AppWrapperNote.of(appWrapper);
          ledger
              .notes
              .wrapper(note, Stamp.of(appWrapper), observed)
              .ifPresent(
                  dropped -> {
                    for (String name : dropped) {
                      unwrapped(new Place(note.namespace(), name), note, observed);
                    }
                    Components.clusters(appWrapper)
                        .forEach((name, template) -> wrapped(name, template, appWrapper, observed));
                  });
          // In the writer's thread, where the latest of the cluster in it is known.
          return ledger.writer.recompute(
              Meta.key(ledger.identity, AppWrapperRow.KIND, appWrapper),
              (row, owned) -> row(appWrapper, observed));
        });
  }

  private void wrapped(String name, ObjectNode template, JsonNode appWrapper, Instant observed) {
    ObjectNode wrapped = RayClusterRow.wrapped(template, appWrapper);
    Place place = new Place(Meta.namespace(appWrapper), name);
    ledger.writer.recompute(
        ledger.cluster(place),
        (row, owned) -> {
          ObjectNode now = row == null ? null : RayClusterRow.object(row);
          if (now != null && !Meta.uid(now).isEmpty()) {
            return ledger.known(now, row.observed());
          }
          Row described = ledger.known(wrapped.deepCopy(), observed);
          return now == null
                  && described != null
                  && !ledger.notes.clustersKnown()
                  && !NOT_MADE.contains(described.state())
              ? null
              : described;
        });
  }

  /** A cluster that exists goes on without it; one that does not was only its. */
  private void unwrapped(Place cluster, AppWrapperNote wrapper, Instant at) {
    if (ledger.notes.isThere(cluster)) {
      ledger.recompute(cluster);
    } else {
      ledger.writer.remove(ledger.cluster(cluster), wrapper.uid(), at);
    }
  }

  long gone(JsonNode appWrapper, Instant at) {
    return ledger.inOrder(
        () -> {
          ledger.deleted(Meta.uid(appWrapper));
          Optional<AppWrapperNote> known =
              ledger.notes.wrapperGone(Meta.namespace(appWrapper), Meta.name(appWrapper));
          AppWrapperNote note = known.orElseGet(() -> AppWrapperNote.of(appWrapper));
          note.clusters().forEach(name -> unwrapped(new Place(note.namespace(), name), note, at));
          return ledger.writer.remove(
              Meta.key(ledger.identity, AppWrapperRow.KIND, appWrapper), Meta.uid(appWrapper), at);
        });
  }

  long listed(String namespace, Instant started) {
    return ledger.inOrder(
        () -> {
          for (AppWrapperNote note : ledger.notes.wrappersNotSeenSince(namespace, started)) {
            ledger.notes.wrapperGone(note.namespace(), note.name());
            note.clusters()
                .forEach(name -> unwrapped(new Place(note.namespace(), name), note, started));
          }
          return ledger.writer.sweep(ledger.identity, AppWrapperRow.KIND, namespace, started);
        });
  }

  /** The cluster's object is gone; the cluster itself is not, as long as it is wrapped. */
  long clusterGone(Place cluster, String uid, String rowUid, Instant at) {
    ledger.notes.existsNoMore(cluster);
    if (ledger.notes.wrapperOf(cluster).isEmpty()) {
      return ledger.writer.remove(ledger.cluster(cluster), rowUid, at);
    }
    absent(cluster, uid, at);
    ledger.recompute(cluster);
    return ledger.writer.lastEnqueued();
  }

  /** Takes out of the row what was true of an object that is gone. */
  private void absent(Place cluster, String uid, Instant at) {
    ledger.writer.recompute(
        ledger.cluster(cluster),
        (row, owned) -> {
          if (row == null) {
            return null;
          }
          ObjectNode object = RayClusterRow.object(row);
          boolean another = !uid.isEmpty() && !Meta.uid(object).equals(uid);
          return another ? null : ledger.known(RayClusterRow.absent(object), at);
        });
  }

  /**
   * A full list of clusters has been put: those that it did not have, but that are wrapped, are
   * there all the same and must not be swept.
   */
  void clustersListed(String namespace, Instant started, Instant now) {
    ledger.notes.clustersAreKnown();
    ledger.notes.clustersNotSeenSince(namespace, started);
    List<Place> absent = ledger.notes.absent(namespace);
    absent.forEach(
        place ->
            ledger.writer.recompute(
                ledger.cluster(place),
                (row, owned) -> {
                  if (row == null || !row.observed().isBefore(started)) {
                    return null;
                  }
                  return ledger.known(RayClusterRow.absent(RayClusterRow.object(row)), now);
                }));
  }
}
