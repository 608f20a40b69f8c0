package dev.muster.daemon.sandbox.auth;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who may do what. Modelled after the roles that come with Kubernetes: admin may everything, alice
 * what {@code edit} allows in every namespace, KubeRay's objects and AppWrappers included, Kueue's
 * for reading and its Workloads for stopping, viewer what {@code view} allows and to read all of
 * these, nobody nothing. Tests add rules that forbid more.
 */
public final class Access {

  private static final String KUEUE = "kueue.x-k8s.io";
  private static final Set<String> READ = Set.of("get", "list", "watch");

  /** What the role {@code view} leaves out. */
  private static final Set<String> HIDDEN =
      Set.of("secrets", "pods/exec", "pods/portforward", "services/proxy");

  private final List<Rule> forbidden = new CopyOnWriteArrayList<>();

  private record Rule(String user, String verb, String resource, boolean clusterWideOnly) {
    boolean matches(User who, Action action) {
      return user.equals(who.name())
          && (verb.equals("*") || verb.equals(action.verb()))
          && (resource.equals("*") || resource.equals(action.resource()))
          && (!clusterWideOnly || action.namespace().isEmpty());
    }
  }

  /** Takes a right away; {@code *} as verb or resource means every one. */
  public void forbid(String user, String verb, String resource) {
    forbidden.add(new Rule(user, verb, resource, false));
  }

  /** Takes a right away where no namespace is named; within a namespace it stays. */
  public void forbidClusterWide(String user, String verb, String resource) {
    forbidden.add(new Rule(user, verb, resource, true));
  }

  public boolean allows(User user, Action action) {
    if (forbidden.stream().anyMatch(rule -> rule.matches(user, action))) {
      return false;
    }
    if (action.verb().equals("impersonate")) {
      return user.name().equals("admin");
    }
    return switch (user.name()) {
      case "admin" -> true;
      case "alice" -> edits(action);
      case "viewer" -> READ.contains(action.verb()) && !HIDDEN.contains(action.resource());
      default -> false;
    };
  }

  private static boolean edits(Action action) {
    return READ.contains(action.verb())
        || switch (action.resource()) {
          case "namespaces", "events", "namespaces/status", "pods/status", "services/status" ->
              false;
          // What Kueue manages is stopped and let go on by a patch of its Workload.
          case "workloads" -> action.verb().equals("patch");
          // Kueue's other objects are its administrators' business.
          default -> !action.group().equals(KUEUE);
        };
  }
}
