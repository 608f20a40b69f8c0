package dev.muster.daemon.sandbox.kueue;

import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.controllers.WorkQueue;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;

/**
 * Kueue 0.12.3, as far as one cluster queue at a time needs it: workloads for AppWrappers,
 * RayClusters and RayJobs that name a queue, quota, order, and the status of the queues. There are
 * no cohorts, no preemption and no admission checks, and it does not wait for pods to be ready.
 */
public final class KueueController implements AutoCloseable {

  /** What there is to do; a key only of a job or of a workload that has lost its job. */
  private record Task(Kind kind, ResourceType type, ObjectKey key) {
    static final Task SCHEDULE = new Task(Kind.SCHEDULE, null, null);
    static final Task STATUS = new Task(Kind.STATUS, null, null);
  }

  private enum Kind {
    JOB,
    ORPHAN,
    SCHEDULE,
    STATUS
  }

  private final Objects objects;
  private final Pace pace;
  private final Jobs jobs;
  private final Scheduler scheduler;
  private final QueueStatus status;
  private final WorkQueue<Task> queue = new WorkQueue<>("kueue", this::work);

  public KueueController(Objects objects, Operators operators, EventRecorder events, Pace pace) {
    this.objects = objects;
    this.pace = pace;
    Queues queues = new Queues(objects);
    this.jobs = new Jobs(objects, operators, events, queues);
    this.scheduler = new Scheduler(queues, events);
    this.status = new QueueStatus(objects, operators, queues);
  }

  /** Anything was written. */
  public void changed(Change change) {
    StoredObject object = change.after();
    if (JobKind.of(object.type()).isPresent()) {
      job(object);
      if (change.deleted()) {
        objects.store().dependents(object.uid()).forEach(this::orphan);
      }
    } else if (object.type().equals(ResourceType.WORKLOADS)) {
      scheduler.changed(change);
      for (String owner : object.owners()) {
        objects.store().get(owner).ifPresentOrElse(this::job, () -> orphan(object));
      }
    }
    if (Scheduler.concerns(object.type())) {
      queue.add(Task.SCHEDULE, pace.millis(50));
      queue.add(Task.STATUS, pace.millis(100));
    }
  }

  private void job(StoredObject job) {
    if (JobKind.of(job.type()).isPresent()) {
      queue.add(new Task(Kind.JOB, job.type(), job.key()), pace.millis(30));
    }
  }

  private void orphan(StoredObject object) {
    if (object.type().equals(ResourceType.WORKLOADS)) {
      queue.add(new Task(Kind.ORPHAN, object.type(), object.key()), pace.millis(30));
    }
  }

  private void work(Task task) {
    switch (task.kind()) {
      case JOB -> objects.store().get(task.type(), task.key()).ifPresent(jobs::reconcile);
      case ORPHAN -> objects.store().get(task.type(), task.key()).ifPresent(jobs::releaseOrphan);
      case SCHEDULE -> scheduler.cycle();
      case STATUS -> status.update();
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
