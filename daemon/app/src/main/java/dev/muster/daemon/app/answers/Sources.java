package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Reaching;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which source answers for which kind. The noun picks the system. */
public final class Sources implements AutoCloseable {
  private final List<Source> sources;
  private final Map<String, Source> byKind = new LinkedHashMap<>();
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, String> contexts = new ConcurrentHashMap<>();

  public Sources(List<Source> sources) {
    this.sources = List.copyOf(sources);
    for (Source source : sources) {
      for (Kind kind : source.kinds()) {
        byKind.put(kind.name(), source);
        kinds.put(kind.name(), kind);
      }
    }
  }

  /** Throws USAGE for a kind that nobody has. */
  public Source of(String kind) {
    Source source = byKind.get(kind);
    if (source == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "this daemon knows no kind \"%s\"; it knows: %s"
              .formatted(kind, String.join(", ", byKind.keySet())));
    }
    return source;
  }

  /** Whom and what a request is about; the way there is remembered, for {@link #context}. */
  public Scope resolve(Caller caller, Target target, String kind) {
    Scope scope = of(kind).resolve(caller, target, kind);
    contexts.putIfAbsent(scope.identity(), scope.context());
    return scope;
  }

  /**
   * The name of the key that is meant by one that was typed; see {@link Source#address}. Nothing
   * typed means nothing.
   */
  public String address(Caller caller, Target target, String kind, String name) {
    return name.isEmpty() ? name : of(kind).address(caller, target, kind, name);
  }

  /** What can be done with jobs of that kind; USAGE where there are none. */
  public Jobs jobs(String kind) {
    return of(kind).jobs().orElseThrow(() -> Failure.usage("A %s is no job.".formatted(kind)));
  }

  /** The ways to what runs there; USAGE where there are none. */
  public Reaching reaching(String kind) {
    return of(kind)
        .reaching()
        .orElseThrow(() -> Failure.usage("There is no way into a %s.".formatted(kind)));
  }

  /** The name of the first context that led to that identity; empty if none has yet. */
  public String context(String identity) {
    return contexts.getOrDefault(identity, "");
  }

  public boolean has(String kind) {
    return byKind.containsKey(kind);
  }

  /** The names of all kinds. */
  public Set<String> kinds() {
    return kinds.keySet();
  }

  public Kind kind(String name) {
    of(name);
    return kinds.get(name);
  }

  /** The kinds that a bare list shows. */
  public List<Kind> listed() {
    return kinds.values().stream().filter(Kind::listed).toList();
  }

  public List<Source> all() {
    return sources;
  }

  public List<Observation> watches() {
    List<Observation> watches = new ArrayList<>();
    sources.forEach(source -> watches.addAll(source.watches()));
    return watches;
  }

  @Override
  public void close() {
    sources.forEach(Source::close);
  }
}
