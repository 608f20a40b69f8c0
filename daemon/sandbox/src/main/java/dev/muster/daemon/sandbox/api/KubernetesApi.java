package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.schema.Schemas;
import dev.muster.daemon.sandbox.store.Deletion;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Every request of the API, from its path to its answer. Knows no HTTP server. */
public final class KubernetesApi {

  private static final String NO_PAGE = "404 page not found\n";
  private static final Set<String> HEALTH = Set.of("/livez", "/readyz", "/healthz");

  /** Paths of the role system:discovery. */
  private static final Set<String> DISCOVERY = Set.of("/api", "/apis", "/openapi", "/version");

  private final Access access;
  private final Resources resources = new Resources();
  private final Discovery discovery = new Discovery(resources);
  private final Reviews reviews;
  private final Lists lists;
  private final Watches watches;
  private final Writes writes;
  private final Applies applies;
  private final Deletes deletes;
  private final Operators operators;

  /**
   * @param bookmarks how often a watch that asked for them gets a bookmark
   * @param webhooks what operators want to be asked, in their order
   */
  public KubernetesApi(
      Store store,
      Stamp stamp,
      Deletion deletion,
      Access access,
      Duration bookmarks,
      List<Webhook> webhooks) {
    this.access = access;
    this.reviews = new Reviews(access, stamp);
    this.lists = new Lists(store);
    this.watches = new Watches(store, bookmarks);
    Schemas schemas = new Schemas();
    // Reading it takes a while; nobody waits for it before the first write.
    schemas.preload(ResourceType.RAYCLUSTERS);
    Intake intake = new Intake(schemas);
    Webhooks all = new Webhooks(List.copyOf(webhooks));
    FieldManagers managers = new FieldManagers(schemas, stamp);
    Creation creation = new Creation(store, stamp, intake, all);
    this.writes = new Writes(store, stamp, intake, all, managers, creation);
    this.applies = new Applies(store, intake, managers, creation, writes);
    this.operators = new Operators(store, stamp, intake, managers, creation, resources);
    this.deletes = new Deletes(store, deletion);
  }

  /** What operators write through, unless it is a status. */
  public Operators operators() {
    return operators;
  }

  /** Without the CRDs of a group its resources are unknown paths. */
  public void crdsInstalled(String group, boolean installed) {
    resources.crdsInstalled(group, installed);
    if (!installed) {
      watches.drop(type -> type.group().equals(group) || type.apiVersion().equals(group));
    }
  }

  public void dropWatches() {
    watches.drop(type -> true);
  }

  /** Forgets what paged lists go on from. */
  public void compact() {
    lists.compact();
  }

  /** Watches that are open now. */
  public int openWatches() {
    return watches.size();
  }

  /**
   * Answers.
   *
   * @throws ApiException when the request is refused
   */
  public Answer answer(Call call) {
    if (HEALTH.contains(call.path())) {
      return Answer.text(200, "ok");
    }
    Optional<Answer> known =
        call.user().anonymous() && !call.path().equals("/version")
            ? Optional.empty()
            : discovery
                .answer(call.path())
                .map(body -> Answer.json(200, body))
                .or(() -> reviews.answer(call));
    return known.orElseGet(() -> resource(call));
  }

  private Answer resource(Call call) {
    Optional<Target> parsed = Target.parse(call.path());
    if (parsed.isEmpty()) {
      return noResource(call);
    }
    Target target = parsed.get();
    String verb = verb(call, target);
    if (!access.allows(call.user(), target.action(verb))) {
      throw Failures.forbidden(call.user(), target.action(verb));
    }
    Optional<ResourceType> found = resources.find(target);
    if (found.isEmpty()) {
      if (target.group().isEmpty()) {
        throw Failures.noSuchResource();
      }
      return Answer.text(404, NO_PAGE);
    }
    ResourceType type = found.get();
    boolean needsPlace = verb.equals("create") || verb.equals("deletecollection");
    if (needsPlace && type.namespaced() && target.namespace().isEmpty()) {
      if (type.custom()) {
        return Answer.text(404, NO_PAGE);
      }
      throw Failures.methodNotAllowed();
    }
    return switch (verb) {
      case "get" -> lists.get(type, target, call);
      case "list" -> lists.list(type, target, call);
      case "watch" -> watches.watch(type, target, call);
      case "create" -> writes.create(type, target, call);
      case "update" -> writes.update(type, target, call);
      case "patch" -> patch(type, target, call);
      case "delete" -> deletes.delete(type, target, call);
      default -> deletes.deleteAll(type, target, call);
    };
  }

  private Answer patch(ResourceType type, Target target, Call call) {
    return type.custom() && call.contentType().equals(Patches.APPLY)
        ? applies.apply(
            type, target, call, () -> access.allows(call.user(), target.action("create")))
        : writes.patch(type, target, call);
  }

  /** Everybody with a token may look for what clusters with more features have. */
  private static Answer noResource(Call call) {
    boolean open = DISCOVERY.stream().anyMatch(call.path()::startsWith);
    if (call.user().anonymous() || (!open && !call.user().name().equals("admin"))) {
      throw Failures.forbiddenPath(
          call.user(), call.method().toLowerCase(Locale.ROOT), call.path());
    }
    return Answer.text(404, NO_PAGE);
  }

  private static String verb(Call call, Target target) {
    boolean one = !target.name().isEmpty();
    return switch (call.method()) {
      case "GET" -> call.flag("watch") ? "watch" : one ? "get" : "list";
      case "POST" -> refuse(one, "create");
      case "PUT" -> refuse(!one, "update");
      case "PATCH" -> refuse(!one, "patch");
      case "DELETE" -> refuse(!target.subresource().isEmpty(), one ? "delete" : "deletecollection");
      default -> throw Failures.methodNotAllowed();
    };
  }

  private static String refuse(boolean wrong, String verb) {
    if (wrong) {
      throw Failures.methodNotAllowed();
    }
    return verb;
  }
}
