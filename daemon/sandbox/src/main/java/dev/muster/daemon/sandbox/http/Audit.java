package dev.muster.daemon.sandbox.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, oldest first: {@code alice GET /apis/ray.io/v1/rayclusters?watch=true}. */
public final class Audit {

  private static final int KEPT = 20_000;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
