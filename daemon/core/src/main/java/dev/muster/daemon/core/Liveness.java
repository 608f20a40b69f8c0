package dev.muster.daemon.core;

/** Whether what the cache says of one kind of one scope is true now, and when that changes. */
public interface Liveness {
  Observation observe();

  /** Told, without waiting, whenever {@link #observe} may answer differently. */
  Registration onChange(Runnable listener);

  /** As that source knows it. */
  static Liveness of(Source source, Scope scope, String kind) {
    return new Liveness() {
      @Override
      public Observation observe() {
        return source.observe(scope, kind);
      }

      @Override
      public Registration onChange(Runnable listener) {
        AutoCloseable handle =
            source.onLiveness(
                observation -> {
                  if (observation.kind().equals(kind)
                      && observation.scope().identity().equals(scope.identity())) {
                    listener.run();
                  }
                });
        return () -> {
          try {
            handle.close();
          } catch (Exception e) {
            throw new IllegalStateException("a listener cannot be removed", e);
          }
        };
      }
    };
  }
}
