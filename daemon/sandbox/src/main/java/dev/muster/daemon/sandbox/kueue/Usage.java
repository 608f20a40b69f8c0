package dev.muster.daemon.sandbox.kueue;

import dev.muster.daemon.sandbox.controllers.Quantity;
import java.util.HashMap;
import java.util.Map;

/** How much of each flavor's resources is taken. */
final class Usage {

  private record Place(String flavor, String resource) {}

  private final Map<Place, Quantity> taken = new HashMap<>();

  Quantity of(String flavor, String resource) {
    return taken.getOrDefault(new Place(flavor, resource), Resources.form(resource, Quantity.ZERO));
  }

  void add(String flavor, String resource, Quantity more) {
    Quantity sum = of(flavor, resource).plus(more);
    taken.put(new Place(flavor, resource), Resources.form(resource, sum));
  }

  void add(Usage other) {
    other.taken.forEach((place, more) -> add(place.flavor(), place.resource(), more));
  }

  /** Adds what a workload's admission says that it uses. */
  void add(Workload workload) {
    workload
        .assignments()
        .forEach(
            set ->
                set.path("flavors")
                    .properties()
                    .forEach(
                        flavor ->
                            add(
                                flavor.getValue().asText(),
                                flavor.getKey(),
                                Quantity.parse(
                                    set.path("resourceUsage").path(flavor.getKey()).asText("0")))));
  }
}
