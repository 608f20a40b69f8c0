package dev.muster.daemon.kubernetes.operations;

import java.util.ArrayList;
import java.util.List;

/** Two texts side by side in the format of "diff -u", with three lines of context. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;

  private UnifiedDiff() {}

  private record Line(char sign, String text, int old, int now) {}

  /** Empty if there is no difference. */
  static String of(String oldName, String newName, List<String> old, List<String> now) {
    List<Line> lines = lines(old, now);
    if (lines.stream().allMatch(line -> line.sign == ' ')) {
      return "";
    }
    StringBuilder diff = new StringBuilder("--- " + oldName + "\n+++ " + newName + "\n");
    int next = 0;
    while (true) {
      int first = next;
      while (first < lines.size() && lines.get(first).sign == ' ') {
        first++;
      }
      if (first == lines.size()) {
        return diff.toString();
      }
      int end = end(lines, first);
      hunk(diff, lines.subList(Math.max(next, first - CONTEXT), end));
      next = end;
    }
  }

  /** Where a hunk ends: two changes that are near each other are in one. */
  private static int end(List<Line> lines, int first) {
    int last = first;
    for (int i = first; i < lines.size() && i - last <= 2 * CONTEXT; i++) {
      last = lines.get(i).sign == ' ' ? last : i;
    }
    return Math.min(lines.size(), last + CONTEXT + 1);
  }

  private static void hunk(StringBuilder diff, List<Line> lines) {
    long before = lines.stream().filter(line -> line.sign != '+').count();
    long after = lines.stream().filter(line -> line.sign != '-').count();
    Line first = lines.getFirst();
    diff.append(
        "@@ -%d,%d +%d,%d @@\n"
            .formatted(
                before == 0 ? first.old : first.old + 1,
                before,
                after == 0 ? first.now : first.now + 1,
                after));
    lines.forEach(line -> diff.append(line.sign).append(line.text).append('\n'));
  }

  /** By the longest common subsequence; manifests are short. */
  private static List<Line> lines(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        lines.add(new Line(' ', old.get(i), i++, j++));
      } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', old.get(i), i++, j));
      } else {
        lines.add(new Line('+', now.get(j), i, j++));
      }
    }
    return lines;
  }
}
