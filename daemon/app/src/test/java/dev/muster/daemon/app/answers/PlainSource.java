package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Changing;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A remote system that is always live, has what the cache has, and does whatever it is told: it
 * remembers each order as a line. What it is not told how to do it refuses.
 */
public final class PlainSource implements InvocationHandler {
  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<Kind> KINDS =
      List.of(
          new Kind("raycluster", true, List.of(new Column("NAME", false))),
          new Kind("clusterqueue", false, false, List.of(new Column("NAME", false))),
          new Kind("appwrapper", true, true, List.of(new Column("NAME", false)), true),
          new Kind(
              "job", false, List.of(new Column("NAME", false), new Column("RAYCLUSTER", false))));

  private final List<String> orders = new CopyOnWriteArrayList<>();
  private boolean jobless;
  private final Map<String, Failure> refusals = new HashMap<>();
  private final Map<String, Row> onServer = new HashMap<>();
  private final Set<String> absent = new HashSet<>();

  public static Scope scope(String namespace) {
    return new Scope("plain", "identity", "lab", namespace);
  }

  public static Row row(String kind, String name) {
    return new Row(
        new Key("identity", kind, "team", name),
        "uid-" + name,
        "1",
        State.STARTING,
        "",
        false,
        "one pod is not ready",
        NOON,
        NOON,
        NOON,
        "",
        "",
        name,
        "{}",
        "{}");
  }

  public static Row owned(Row row, String owner, Instant changed) {
    return new Row(
        row.key(),
        row.uid(),
        row.version(),
        row.state(),
        "Warning",
        row.ready(),
        "Failed: no such image",
        row.created(),
        changed,
        row.observed(),
        owner,
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  public static Row noted(Row row, String labels, String details) {
    return new Row(
        row.key(),
        row.uid(),
        row.version(),
        row.state(),
        row.nativeState(),
        row.ready(),
        row.reason(),
        row.created(),
        row.changed(),
        row.observed(),
        row.owner(),
        labels,
        row.cells(),
        details,
        row.object());
  }

  public Source source() {
    return (Source)
        Proxy.newProxyInstance(Source.class.getClassLoader(), new Class<?>[] {Source.class}, this);
  }

  /** From now on that kind is not live, and whoever asks the server for it gets that answer. */
  public PlainSource refuses(String kind, Failure.Kind why, String sentence) {
    refusals.put(kind, new Failure(why, sentence));
    return this;
  }

  /** From now on the server has no such kind. */
  public PlainSource lacks(String kind) {
    absent.add(kind);
    return refuses(kind, Failure.Kind.FAILED, "there is no " + kind + " kind");
  }

  /** There is nothing in that system that runs jobs. */
  public PlainSource runsNothing() {
    jobless = true;
    return this;
  }

  /** The server has that one, and nobody has seen it yet. */
  public PlainSource has(Row row) {
    onServer.put(row.key().kind() + " " + row.key().name(), row);
    return this;
  }

  /** When a kind that is refused was last seen: never, or at noon while somebody was signed in. */
  private Observation observation(String kind) {
    Failure refusal = refusals.get(kind);
    boolean seen = refusal == null || refusal.kind() == Failure.Kind.NOT_LOGGED_IN;
    return new Observation(
        scope("team"), kind, seen ? NOON : null, refusal == null, refusal == null ? "" : "refused");
  }

  /** As they came: "scale raycluster demo 4 null null true". */
  public List<String> orders() {
    return orders;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "name" -> "plain";
      case "kinds" -> KINDS;
      case "resolve" -> {
        Target target = (Target) arguments[1];
        boolean nowhere =
            target.allNamespaces() || (arguments.length > 2 && arguments[2].equals("clusterqueue"));
        yield scope(nowhere ? "" : "team");
      }
      case "ensureWatched" -> observation((String) arguments[2]);
      case "absent" -> absent.contains((String) arguments[1]);
      case "signedOut" -> {
        Failure refusal = refusals.get((String) arguments[1]);
        yield refusal != null && refusal.kind() == Failure.Kind.NOT_LOGGED_IN;
      }
      case "jobs" -> jobless ? Optional.empty() : Optional.of(new PlainJobs(orders));
      case "reaching" -> jobless ? Optional.empty() : Optional.of(new PlainReaching(orders));
      case "polled" -> arguments[0].equals("job");
      case "address" ->
          arguments[2].equals("job") && arguments[3].equals("train") ? "demo/train" : arguments[3];
      case "delete" -> {
        orders.add(line(method, arguments));
        yield row((String) arguments[2], (String) arguments[3]);
      }
      case "getLive" -> {
        Row row = onServer.get(arguments[2] + " " + arguments[3]);
        if (row == null) {
          throw refusals.getOrDefault(
              (String) arguments[2],
              new Failure(
                  arguments[2].equals("job") ? Failure.Kind.NOT_FOUND : Failure.Kind.FAILED,
                  "this is not done here."));
        }
        yield row;
      }
      case "listLive" ->
          throw refusals.getOrDefault(
              (String) arguments[2], new Failure(Failure.Kind.FAILED, "this is not done here."));
      case "watches" -> List.of(new Observation(scope(""), "raycluster", NOON, true, ""));
      case "apply", "update", "edit", "patch", "suspend" -> {
        orders.add(line(method, arguments));
        yield row((String) arguments[2], "demo");
      }
      case "scale" -> {
        orders.add(line(method, arguments));
        yield new Changing.Added(row((String) arguments[2], "demo"), List.of("it goes on"));
      }
      case "addWorkerGroup" -> {
        orders.add(line(method, arguments));
        yield new Changing.Added(row("workergroup", "demo/gpu"), List.of("nobody reserved it"));
      }
      case "details" -> "{\"dashboard\":\"https://d.example.org\"}";
      case "diff" -> {
        orders.add(line(method, arguments));
        yield "-a\n+b\n";
      }
      case "explain" ->
          new Explanation(
              row("raycluster", (String) arguments[3]),
              "one pod is not ready.",
              List.of("pod/demo-head: Pending"),
              "wait.");
      default -> {
        if (!method.isDefault()) {
          throw new Failure(Failure.Kind.FAILED, method.getName() + " is not done here.");
        }
        try {
          yield InvocationHandler.invokeDefault(proxy, method, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    };
  }

  private static String line(Method method, Object... arguments) {
    return method.getName()
        + Arrays.stream(arguments)
            .skip(2)
            .map(argument -> " " + argument)
            .collect(Collectors.joining());
  }
}
