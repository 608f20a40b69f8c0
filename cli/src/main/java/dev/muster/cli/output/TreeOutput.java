package dev.muster.cli.output;

import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form that needs the whole answer at once, as the same tree that {@code -o json} prints. */
abstract class TreeOutput implements Output {
  private final List<Observation> observations = new ArrayList<>();
  private final List<Object> items = new ArrayList<>();

  abstract void print(Map<String, Object> tree);

  @Override
  public Layout layout() {
    return Layout.RECORDS;
  }

  @Override
  public void add(ListChunk chunk) {
    observations.addAll(chunk.getObservationsList());
    chunk.getResourcesList().forEach(resource -> items.add(Records.of(resource, observations)));
  }

  @Override
  public void finish() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("items", items);
    tree.put("observations", observations.stream().map(Records::of).toList());
    print(tree);
  }

  @Override
  public void show(GetReply reply) {
    print(Records.of(reply));
  }
}
