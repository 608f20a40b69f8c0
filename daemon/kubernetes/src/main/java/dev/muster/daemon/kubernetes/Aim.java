package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.informers.Catalog;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.operations.Reading;
import dev.muster.daemon.kubernetes.operations.Wish;
import java.util.Optional;

/** What one request is aimed at: the access that its target leads to, and the namespace there. */
final class Aim {
  /** What answers call these servers. */
  static final String SOURCE = "kubernetes";

  private final Contexts contexts;
  private final Caller caller;
  private final Target target;
  private final Access access;

  /**
   * @throws Failure if the target leads nowhere
   */
  Aim(Contexts contexts, Caller caller, Target target) {
    this.contexts = contexts;
    this.caller = caller;
    this.target = target;
    this.access = contexts.resolve(caller, target);
  }

  /** As it was when the request came. */
  Access access() {
    return access;
  }

  /** As it is now: a watch lives longer than the credentials that it began with. */
  Access resolved() {
    return contexts.resolve(caller, target);
  }

  Scope scope() {
    return scope(namespace());
  }

  /** The same in another namespace. */
  Scope scope(String namespace) {
    return new Scope(SOURCE, access.identity(), access.context(), namespace);
  }

  /** The one that was asked for, or the context's own; empty for all. */
  String namespace() {
    if (target.allNamespaces()) {
      return "";
    }
    if (target.namespace().isEmpty()) {
      return ownNamespace();
    }
    Optional<String> broken = Syntax.namespace(target.namespace());
    if (broken.isPresent()) {
      throw Failure.usage("\"" + target.namespace() + "\" " + broken.get() + ".");
    }
    return target.namespace();
  }

  /** The same for one kind; empty also where that is in none. */
  String namespace(String kind) {
    return Catalog.isClusterScoped(kind) ? "" : namespace();
  }

  /** The context's. */
  String ownNamespace() {
    return access.namespace().isEmpty() ? "default" : access.namespace();
  }

  /** The one namespace of a thing of that kind; empty where the kind is in none. */
  String one(String kind) {
    String namespace = namespace(kind);
    if (namespace.isEmpty() && !Catalog.isClusterScoped(kind)) {
      throw Failure.usage("One resource is in one namespace: name it with --namespace.");
    }
    return namespace;
  }

  /**
   * That a text be so there.
   *
   * @param verb what is to be done with it, for messages
   */
  Wish wish(String kind, String verb, String yaml, String origin) {
    Resource resource = Reading.resource(kind, verb);
    return new Wish(resource, yaml, origin, one(kind), !target.namespace().isEmpty());
  }
}
