package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One of a CRD's rules that its schema alone cannot say. */
@FunctionalInterface
interface Rule {

  /**
   * Adds what is wrong.
   *
   * @param before the version that is being replaced, null on creation
   */
  void check(JsonNode object, JsonNode before, List<Cause> causes);
}
