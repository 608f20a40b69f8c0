package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Source.ContextEntry;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.Kubeconfig.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the context that a request is aimed at, anew for each request: nothing of an earlier one is
 * remembered but parsed copies of files that have not changed.
 */
public final class Contexts {
  /** The context of the sandbox, in a kubeconfig of its own. */
  public static final String SANDBOX = "muster-sandbox";

  private final KubeconfigReader reader = new KubeconfigReader();
  private final Path sandbox;
  private final InCluster inCluster;

  /**
   * @param sandboxKubeconfig where the sandbox writes its kubeconfig while it is up
   * @param inCluster the service account of a pod
   */
  public Contexts(Path sandboxKubeconfig, InCluster inCluster) {
    this.sandbox = sandboxKubeconfig;
    this.inCluster = inCluster;
  }

  /**
   * @throws Failure NOT_LOGGED_IN without any kubeconfig, USAGE for a bad one or an unknown context
   */
  public Access resolve(Caller caller, Target target) {
    if (target.kubeconfig().isEmpty() && target.context().equals(SANDBOX)) {
      if (!Files.exists(sandbox)) {
        throw new Failure(
            Failure.Kind.NO_ANSWER, "The sandbox is not up: start it with `muster sandbox up`.");
      }
      return access(reader.read(sandbox), SANDBOX, caller, target.as());
    }
    List<Path> files = files(caller, target);
    if (files.isEmpty() && target.context().isEmpty()) {
      return inCluster.access(caller.environment(), target.as()).orElseThrow(() -> none(caller));
    }
    if (files.isEmpty()) {
      throw none(caller);
    }
    Kubeconfig kubeconfig = Kubeconfig.merge(files.stream().map(reader::read).toList());
    String name = target.context().isEmpty() ? kubeconfig.currentContext : target.context();
    if (name.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          kubeconfig.where()
              + (kubeconfig.contexts.isEmpty()
                  ? " has no contexts."
                  : " has no current context: name one with --context ("
                      + String.join(", ", kubeconfig.contexts.keySet())
                      + ")."));
    }
    return access(kubeconfig, name, caller, target.as());
  }

  /** The contexts that the caller could name, in the order of the files. */
  public List<ContextEntry> list(Caller caller, Target target) {
    List<Path> files = new ArrayList<>(files(caller, target));
    if (target.kubeconfig().isEmpty() && Files.exists(sandbox) && !files.contains(sandbox)) {
      files.add(sandbox);
    }
    List<Kubeconfig> parts = files.stream().map(reader::read).toList();
    Map<String, ContextEntry> entries = new LinkedHashMap<>();
    String current =
        parts.stream().map(p -> p.currentContext).filter(c -> !c.isEmpty()).findFirst().orElse("");
    if (!parts.isEmpty()) {
      Kubeconfig merged = Kubeconfig.merge(parts);
      merged.contexts.forEach(
          (name, entry) -> entries.put(name, entry(merged, name, entry, name.equals(current))));
    } else {
      inCluster
          .access(caller.environment(), target.as())
          .ifPresent(
              access ->
                  entries.put(
                      access.context(),
                      new ContextEntry(
                          access.context(),
                          access.server(),
                          access.user(),
                          access.namespace(),
                          true,
                          access.where())));
    }
    return List.copyOf(entries.values());
  }

  private static ContextEntry entry(Kubeconfig all, String name, Entry entry, boolean current) {
    JsonNode body = entry.body();
    Entry cluster = all.clusters.get(body.path("cluster").asText(""));
    String namespace = body.path("namespace").asText("");
    return new ContextEntry(
        name,
        cluster == null ? "" : cluster.body().path("server").asText(""),
        body.path("user").asText(""),
        namespace.isEmpty() ? "default" : namespace,
        current,
        entry.file().toString());
  }

  private static Access access(Kubeconfig kubeconfig, String name, Caller caller, String as) {
    String key = Digests.of(name, as, new TreeMap<>(caller.environment()).toString());
    Access known = kubeconfig.resolved.get(key);
    if (known != null) {
      return known;
    }
    AccessBuilder builder = new AccessBuilder(kubeconfig, name, caller.environment(), as);
    Access access = builder.build();
    if (!builder.readsFiles()) {
      if (kubeconfig.resolved.size() > 100) {
        kubeconfig.resolved.clear();
      }
      kubeconfig.resolved.put(key, access);
    }
    return access;
  }

  /** The files to be read; empty when there is none. A file named by an option must exist. */
  private List<Path> files(Caller caller, Target target) {
    if (!target.kubeconfig().isEmpty()) {
      return List.of(caller.directory().resolve(target.kubeconfig()).normalize());
    }
    List<Path> files = new ArrayList<>();
    String variable = caller.environment().getOrDefault("KUBECONFIG", "");
    if (!variable.isEmpty()) {
      for (String part : variable.split(":", -1)) {
        Path file = caller.directory().resolve(part).normalize();
        if (!part.isEmpty() && Files.exists(file)) {
          files.add(file);
        }
      }
    } else {
      Path file = usual(caller);
      if (file != null && Files.exists(file)) {
        files.add(file);
      } else if (file != null && !file.equals(home(caller))) {
        throw new Failure(
            Failure.Kind.USAGE,
            "The kubeconfig "
                + file
                + ", which a login chose, is not there any more; `muster logout` forgets it.");
      }
    }
    if (files.isEmpty() && Files.exists(sandbox)) {
      files.add(sandbox);
    }
    return files;
  }

  /** The file that is used when nothing else is said: the one that a login chose, or kubectl's. */
  private static Path usual(Caller caller) {
    return LoginRecords.chosen(caller.environment())
        .map(LoginRecords.Chosen::file)
        .orElse(home(caller));
  }

  /** A path as it was typed; "" for kubectl's own default. */
  Path path(Caller caller, String typed) {
    if (typed.isEmpty()) {
      return Optional.ofNullable(home(caller)).orElseThrow(() -> none(caller));
    }
    String home = caller.environment().getOrDefault("HOME", "");
    return typed.startsWith("~/") && !home.isEmpty()
        ? Path.of(home).resolve(typed.substring(2))
        : caller.directory().resolve(typed).normalize();
  }

  /**
   * The file that a change goes into, as kubectl chooses it: of several, the one that names the
   * current context, else the first that is there, else the last.
   */
  Path editable(Caller caller, Target target) {
    if (!target.kubeconfig().isEmpty()) {
      return path(caller, target.kubeconfig());
    }
    String variable = caller.environment().getOrDefault("KUBECONFIG", "");
    if (variable.isEmpty()) {
      return Optional.ofNullable(usual(caller)).orElseThrow(() -> none(caller));
    }
    Path last = null;
    Path first = null;
    for (String part : variable.split(":", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      last = path(caller, part);
      if (Files.exists(last)) {
        first = first == null ? last : first;
        if (!reader.read(last).currentContext.isEmpty()) {
          return last;
        }
      }
    }
    return first == null ? Optional.ofNullable(last).orElseGet(() -> path(caller, "")) : first;
  }

  /** Empty if there is none. */
  Kubeconfig read(Path file) {
    return Files.exists(file) ? reader.read(file) : KubeconfigReader.parse(file, new byte[0]);
  }

  /**
   * What the caller's files say together.
   *
   * @param first a file that may not be among them yet
   */
  Kubeconfig merged(Caller caller, Target target, Kubeconfig first) {
    List<Kubeconfig> parts = new ArrayList<>(List.of(first));
    files(caller, target).stream()
        .filter(file -> !file.equals(sandbox))
        .forEach(file -> parts.add(reader.read(file)));
    return Kubeconfig.merge(parts);
  }

  Path sandbox() {
    return sandbox;
  }

  /** The sentence about a context that is not there. */
  Failure unknown(Caller caller, Target target, String context) {
    try {
      resolve(caller, new Target(target.kubeconfig(), context, "", false));
    } catch (Failure failure) {
      return failure;
    }
    return new Failure(Failure.Kind.USAGE, "There is no context \"" + context + "\".");
  }

  private static Path home(Caller caller) {
    String home = caller.environment().getOrDefault("HOME", "");
    return home.isEmpty() ? null : Path.of(home, ".kube", "config");
  }

  private static Failure none(Caller caller) {
    String variable = caller.environment().getOrDefault("KUBECONFIG", "");
    Path home = home(caller);
    String looked =
        !variable.isEmpty()
            ? "KUBECONFIG names " + variable + ", which does not exist"
            : home == null ? "HOME is not set" : "there is no " + home;
    return new Failure(
        Failure.Kind.NOT_LOGGED_IN,
        "No kubeconfig was found: "
            + looked
            + ". Set KUBECONFIG, pass --kubeconfig FILE, sign in with `muster login`, or try `muster sandbox up`.");
  }
}
