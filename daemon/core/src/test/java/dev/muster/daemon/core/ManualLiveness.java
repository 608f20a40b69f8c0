package dev.muster.daemon.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection that is up and down when a test says so. */
final class ManualLiveness implements Liveness {
  private static final Scope SCOPE = new Scope("test", Rows.IDENTITY, "test", "");

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Observation observation = new Observation(SCOPE, Rows.KIND, Rows.NOON, true, "");

  private volatile Runnable meanwhile = () -> {};

  @Override
  public Observation observe() {
    Runnable once = meanwhile;
    meanwhile = () -> {};
    once.run();
    return observation;
  }

  /** Something that happens when it is asked next, before it answers. */
  void meanwhile(Runnable something) {
    meanwhile = something;
  }

  @Override
  public Registration onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void up() {
    become(true, "");
  }

  void down(String reason) {
    become(false, reason);
  }

  int listeners() {
    return listeners.size();
  }

  private void become(boolean live, String reason) {
    observation = new Observation(SCOPE, Rows.KIND, Rows.NOON, live, reason);
    listeners.forEach(Runnable::run);
  }
}
