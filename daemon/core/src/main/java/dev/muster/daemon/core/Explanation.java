package dev.muster.daemon.core;

import java.util.List;

/**
 * Why a resource is in the state that it is in.
 *
 * @param row the resource
 * @param sentence what holds it up, in one sentence; that it is as it should be, if it is
 * @param causes what the remote system itself says, each with where it says it, the most important
 *     first; empty when there is nothing to say
 * @param advice what to do, in one sentence; empty when there is nothing to do
 */
public record Explanation(Row row, String sentence, List<String> causes, String advice) {
  public Explanation {
    causes = List.copyOf(causes);
  }
}
