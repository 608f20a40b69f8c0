package dev.muster.architecture.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ids of the demands that docs/seed-coverage.md answers: the numbered ones of the five seeds,
 * without gaps, and of what their upstreams do beyond them those that muster must do, and wishes
 * that it meets. Other ids of the upstreams' lists are only wishes, so those families have gaps.
 */
final class Demands {
  /** How many each seed numbers, from 1 on. */
  static final Map<String, Integer> SEEDS = seeds();

  /** The numbers that are musts, or are met, of what goes beyond each seed. */
  static final Map<String, List<Integer>> BEYOND = beyond();

  private Demands() {}

  private static Map<String, Integer> seeds() {
    Map<String, Integer> seeds = new LinkedHashMap<>();
    seeds.put("CF", 32);
    seeds.put("SDK", 26);
    seeds.put("FL", 36);
    seeds.put("DF", 28);
    seeds.put("PA", 46);
    return seeds;
  }

  private static Map<String, List<Integer>> beyond() {
    Map<String, List<Integer>> beyond = new LinkedHashMap<>();
    beyond.put("CFU", List.of(1, 2, 3, 4, 6));
    beyond.put("SDKU", List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16));
    beyond.put("KU", List.of(1, 2, 3, 4, 5, 6, 8, 9));
    beyond.put("FLU", List.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 14, 15));
    beyond.put("DFU", List.of(1, 3, 4, 7));
    beyond.put("PAU", List.of(1, 3, 4, 5));
    return beyond;
  }

  /** Every id, in the order of the families above. */
  static List<String> ids() {
    List<String> ids = new ArrayList<>();
    SEEDS.forEach(
        (family, count) ->
            IntStream.rangeClosed(1, count).forEach(number -> ids.add(family + "-" + number)));
    BEYOND.forEach((family, numbers) -> numbers.forEach(number -> ids.add(family + "-" + number)));
    ids.add("PA-S");
    return ids;
  }
}
