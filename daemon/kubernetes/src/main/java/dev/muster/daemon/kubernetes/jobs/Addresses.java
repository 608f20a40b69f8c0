package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which job somebody means. */
final class Addresses {
  private Addresses() {}

  /** See {@link JobWatch#address}. */
  static String of(CacheReader reader, Scope scope, String name) {
    if (reader.get(new Key(scope.identity(), JobKind.NAME, scope.namespace(), name)).isPresent()) {
      return name;
    }
    String prefix = JobKind.WRAPPED + "/";
    if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return prefix + name.substring(prefix.length());
    }
    List<Row> found = new ArrayList<>();
    reader.scan(
        scope.identity(),
        JobKind.NAME,
        scope.namespace(),
        false,
        row -> {
          if (JobKind.id(row.key().name()).equals(name)) {
            found.add(row);
          }
        });
    if (found.size() > 1) {
      throw ambiguous(name, found);
    }
    return found.isEmpty() ? name : found.getFirst().key().name();
  }

  /** Several have that name. */
  static Failure ambiguous(String name, List<Row> candidates) {
    boolean several = candidates.stream().map(row -> row.key().namespace()).distinct().count() > 1;
    return Failure.usage(
        "There are "
            + candidates.size()
            + " jobs \""
            + name
            + "\"; say which: "
            + candidates.stream()
                .map(row -> row.key().name() + (several ? " -n " + row.key().namespace() : ""))
                .sorted()
                .collect(Collectors.joining(", "))
            + ".");
  }
}
