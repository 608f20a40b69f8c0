package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Writes Events about objects. The oldest go when there are too many, as they do after an hour. */
public final class EventRecorder {

  private static final int KEPT = 10_000;

  private final Objects objects;
  private final AtomicLong number = new AtomicLong(System.nanoTime());
  private final Deque<ObjectKey> written = new ArrayDeque<>();

  public EventRecorder(Objects objects) {
    this.objects = objects;
  }

  public void normal(StoredObject about, String component, String reason, String message) {
    record(about, component, "Normal", reason, message);
  }

  public void warning(StoredObject about, String component, String reason, String message) {
    record(about, component, "Warning", reason, message);
  }

  private void record(
      StoredObject about, String component, String type, String reason, String message) {
    ObjectKey key = about.key();
    String name = key.name() + "." + HexFormat.of().toHexDigits(number.incrementAndGet());
    ObjectNode event = Objects.blank(ResourceType.EVENTS, key.namespace(), name);
    event
        .putObject("involvedObject")
        .put("kind", about.type().kind())
        .put("namespace", key.namespace())
        .put("name", key.name())
        .put("uid", about.uid())
        .put("apiVersion", about.type().apiVersion())
        .put("resourceVersion", Long.toString(about.version()));
    String now = objects.now();
    event.put("reason", reason).put("message", message);
    event.putObject("source").put("component", component);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.put("type", type);
    event.putNull("eventTime");
    event.put("reportingComponent", component).put("reportingInstance", "");
    objects.create(ResourceType.EVENTS, event).ifPresent(stored -> keep(stored.key()));
  }

  private void keep(ObjectKey key) {
    ObjectKey oldest;
    synchronized (written) {
      written.addLast(key);
      oldest = written.size() > KEPT ? written.removeFirst() : null;
    }
    if (oldest != null) {
      objects.store().get(ResourceType.EVENTS, oldest).ifPresent(objects::deleteNow);
    }
  }
}
