package dev.muster.cli;

import dev.muster.cli.output.Cells;
import dev.muster.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command can be about.
 *
 * @param name as it is typed, and as the daemon knows it
 * @param title for people: "Ray cluster"
 * @param titles of several
 * @param group the API group that kubectl prints behind the name; empty for what is no object
 * @param namespaced whether each is in a namespace
 * @param aliases other names, small and without hyphens; a plural is understood without
 */
public record Noun(
    String name,
    String title,
    String titles,
    String group,
    boolean namespaced,
    List<String> aliases) {
  /** Clusters and jobs of every system. */
  public static final Noun ANY = new Noun("", "resource", "resources", "", true, List.of());

  private static final String APPWRAPPER = "AppWrapper/";

  /** For calls that reach the API server and may have to make a connection to it first. */
  public static final long DEADLINE_SECONDS = 60;

  /** Whether it comes to an end by itself. */
  public boolean isJob() {
    return name.endsWith("job");
  }

  /** Whether its name alone may mean several, on several Ray clusters. */
  public boolean isInCluster() {
    return name.equals("job");
  }

  /** As kubectl names it in "raycluster.ray.io/demo created". */
  public String qualified(String resource) {
    return (group.isEmpty() ? name : name + "." + group) + "/" + Cells.clean(resource);
  }

  /**
   * What was done to one, with the AppWrapper that it is in: "raycluster.ray.io/demo created (in
   * AppWrapper demo)". Who deletes it deletes that as well: "deleted (with AppWrapper demo)".
   *
   * @param participle such as "created"
   */
  public String done(Resource resource, String participle, boolean dryRun) {
    List<String> more = new ArrayList<>();
    if (resource.getOwner().startsWith(APPWRAPPER)) {
      String wrapper = Cells.clean(resource.getOwner().substring(APPWRAPPER.length()));
      more.add((participle.equals("deleted") ? "with" : "in") + " AppWrapper " + wrapper);
    }
    if (dryRun) {
      more.add("dry run");
    }
    String behind = more.isEmpty() ? "" : " (" + String.join(", ", more) + ")";
    return qualified(resource.getName()) + " " + participle + behind;
  }

  /** The same of something that the daemon names, such as "secret/nightly-files". */
  public static String done(String qualified, String participle, boolean dryRun) {
    return Cells.clean(qualified) + " " + participle + (dryRun ? " (dry run)" : "");
  }
}
