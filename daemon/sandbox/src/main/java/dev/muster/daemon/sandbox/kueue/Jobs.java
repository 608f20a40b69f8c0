package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.ApiException;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps a Workload for each job that names a queue, and has the job run and stop as its workload
 * says (pkg/controller/jobframework/reconciler.go of Kueue 0.12.3).
 */
final class Jobs {

  private static final String OPERATOR = "kueue";

  private final Objects objects;
  private final Operators operators;
  private final EventRecorder events;
  private final Queues queues;

  Jobs(Objects objects, Operators operators, EventRecorder events, Queues queues) {
    this.objects = objects;
    this.operators = operators;
    this.events = events;
    this.queues = queues;
  }

  /** Takes a job one step further. */
  void reconcile(StoredObject job) {
    JobKind kind = JobKind.of(job.type()).orElseThrow();
    ObjectNode tree = job.tree();
    List<Workload> workloads = workloads(job);
    if (job.terminating()) {
      workloads.forEach(workload -> release(workload.stored()));
      return;
    }
    if (Names.queue(tree).isEmpty() || managedOwner(objects, tree)) {
      return;
    }
    Optional<Workload> match = match(job, kind, tree, workloads);
    if (match.isPresent()) {
      Workload workload = match.get();
      if (workload.finished()) {
        release(workload.stored());
      } else if (workload.stored().terminating()) {
        stop(job, kind, workload.podSets(), "Workload is deleted");
        release(workload.stored());
      } else {
        follow(job, kind, tree, workload);
      }
    } else if (kind.finished(tree).isEmpty()) {
      stop(job, kind, List.of(), "Missing Workload; unable to restore pod templates");
      if (!kind.active(tree)) {
        create(job, kind, tree);
      }
    }
  }

  /** Whether an AppWrapper that waits in a queue itself owns the object: that one decides. */
  static boolean managedOwner(Objects objects, JsonNode tree) {
    for (JsonNode owner : tree.at("/metadata/ownerReferences")) {
      boolean managed =
          owner.path("controller").asBoolean()
              && objects
                  .store()
                  .get(owner.path("uid").asText())
                  .filter(found -> JobKind.of(found.type()).isPresent())
                  .filter(found -> !Names.queue(found.tree()).isEmpty())
                  .isPresent();
      if (managed) {
        return true;
      }
    }
    return false;
  }

  private List<Workload> workloads(StoredObject job) {
    return objects.store().dependents(job.uid()).stream()
        .filter(object -> object.type().equals(ResourceType.WORKLOADS))
        .map(stored -> new Workload(objects, stored))
        .toList();
  }

  /** The workload that fits the job as it is; others are deleted. */
  private Optional<Workload> match(
      StoredObject job, JobKind kind, JsonNode tree, List<Workload> workloads) {
    List<PodSet> wanted = kind.podSets(tree);
    Workload match = null;
    for (Workload workload : workloads) {
      if (match == null && (workload.finished() || same(wanted, workload.podSets()))) {
        match = workload;
      } else {
        release(workload.stored());
        stop(
            job,
            kind,
            List.of(),
            "No matching Workload; restoring pod templates according to existent Workload");
        objects.delete(workload.stored());
        event(job, kind, "DeletedWorkload", "Deleted not matching Workload: " + path(workload));
      }
    }
    return Optional.ofNullable(match);
  }

  private static boolean same(List<PodSet> wanted, List<PodSet> present) {
    boolean same = wanted.size() == present.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).matches(present.get(i));
    }
    return same;
  }

  private void follow(StoredObject job, JobKind kind, JsonNode tree, Workload workload) {
    Optional<JobKind.Outcome> outcome = kind.finished(tree);
    if (outcome.isPresent()) {
      workload.finish(outcome.get().success(), outcome.get().message());
      event(
          job,
          kind,
          "FinishedWorkload",
          "Workload '%s' is declared finished".formatted(path(workload)));
    } else if (workload.evicted()) {
      stop(job, kind, workload.podSets(), workload.eviction());
      if (workload.reserved() && !kind.active(tree)) {
        workload.requeued(false, workload.evictionReason(), workload.eviction());
        workload.pending("Pending", workload.eviction());
      }
    } else if (!kind.suspended(tree)) {
      if (!workload.admitted()) {
        stop(job, kind, workload.podSets(), "Not admitted by cluster queue");
      }
    } else if (workload.admitted()) {
      start(job, kind, workload);
    } else if (!workload.queue().equals(Names.queue(tree))) {
      operators.change(
          ResourceType.WORKLOADS,
          workload.stored().key(),
          OPERATOR,
          now -> Json.child(now, "spec").put("queueName", Names.queue(tree)));
    }
  }

  private void start(StoredObject job, JobKind kind, Workload workload) {
    List<Injection> injections = injections(workload);
    operators.change(job.type(), job.key(), OPERATOR, now -> kind.run(now, injections));
    event(job, kind, "Started", "Admitted by clusterQueue " + workload.clusterQueue());
  }

  private List<Injection> injections(Workload workload) {
    Map<String, JsonNode> flavors = queues.flavors();
    List<Injection> injections = new ArrayList<>();
    for (JsonNode set : workload.assignments()) {
      Map<String, String> selector = new TreeMap<>();
      ArrayNode tolerations = Json.array();
      Set<String> chosen = new HashSet<>(Json.strings(set.path("flavors")).values());
      for (String name : chosen) {
        JsonNode flavor = flavors.getOrDefault(name, Json.object());
        selector.putAll(Json.strings(flavor.at("/spec/nodeLabels")));
        flavor.at("/spec/tolerations").forEach(tolerations::add);
      }
      injections.add(new Injection(set.path("name").asText(), selector, tolerations));
    }
    return injections;
  }

  private void stop(StoredObject job, JobKind kind, List<PodSet> original, String why) {
    if (kind.suspended(job.tree())) {
      return;
    }
    operators.change(job.type(), job.key(), OPERATOR, now -> kind.stop(now, original));
    event(job, kind, "Stopped", why);
  }

  /** Lets a workload go whose job is gone. */
  void releaseOrphan(StoredObject workload) {
    boolean owned =
        workload.owners().stream().anyMatch(owner -> objects.store().get(owner).isPresent());
    if (!owned) {
      release(workload);
    }
  }

  private void release(StoredObject workload) {
    operators.change(
        ResourceType.WORKLOADS,
        workload.key(),
        OPERATOR,
        tree -> Objects.removeFinalizer(tree, Names.IN_USE));
  }

  private void create(StoredObject job, JobKind kind, JsonNode tree) {
    ObjectNode workload =
        Objects.blank(ResourceType.WORKLOADS, job.key().namespace(), Names.workload(job));
    ObjectNode metadata = Json.child(workload, "metadata");
    metadata.putArray("finalizers").add(Names.IN_USE);
    metadata.putObject("labels").put(Names.JOB_UID, job.uid());
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", job.type().apiVersion())
        .put("kind", job.type().kind())
        .put("name", job.key().name())
        .put("uid", job.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    ObjectNode spec = workload.putObject("spec").put("queueName", Names.queue(tree));
    ArrayNode sets = spec.putArray("podSets");
    kind.podSets(tree).forEach(set -> sets.add(set.json()));
    String priorityClass = job.labels().getOrDefault(Names.PRIORITY_CLASS, "");
    spec.put("priority", priorityClass.isEmpty() ? 0 : queues.priority(priorityClass));
    if (!priorityClass.isEmpty()) {
      spec.put("priorityClassName", priorityClass);
      spec.put("priorityClassSource", "kueue.x-k8s.io/workloadpriorityclass");
    }
    try {
      StoredObject made = operators.create(ResourceType.WORKLOADS, workload, OPERATOR);
      String path = made.key().namespace() + "/" + made.key().name();
      event(job, kind, "CreatedWorkload", "Created Workload: " + path);
    } catch (ApiException e) {
      // The namespace is going, or the pods are none that Kueue can count.
      event(job, kind, "FailedCreateWorkload", e.getMessage());
    }
  }

  private static String path(Workload workload) {
    return workload.stored().key().namespace() + "/" + workload.stored().key().name();
  }

  private void event(StoredObject job, JobKind kind, String reason, String message) {
    String name = kind.type().group() + "/" + kind.type().kind().toLowerCase(Locale.ROOT);
    events.normal(job, name + "-kueue-controller", reason, message);
  }
}
