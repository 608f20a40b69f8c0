package dev.muster.truth.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The server's own story, whole: what answers are compared with. */
public final class History {
  private final Map<Place, Timeline> timelines = new TreeMap<>();
  private final int size;

  public History(Collection<Version> versions) {
    Map<Place, List<Version>> byPlace = new TreeMap<>();
    versions.forEach(v -> byPlace.computeIfAbsent(v.place(), p -> new ArrayList<>()).add(v));
    byPlace.forEach((place, all) -> timelines.put(place, new Timeline(all)));
    size = versions.size();
  }

  public int size() {
    return size;
  }

  public Optional<Timeline> at(Place place) {
    return Optional.ofNullable(timelines.get(place));
  }

  public Map<Place, Timeline> all() {
    return Map.copyOf(timelines);
  }

  /** The places that a question is about; empty parts mean all. */
  public List<Place> places(String namespace, String name) {
    return timelines.keySet().stream()
        .filter(p -> namespace.isEmpty() || p.namespace().equals(namespace))
        .filter(p -> name.isEmpty() || p.name().equals(name))
        .toList();
  }
}
