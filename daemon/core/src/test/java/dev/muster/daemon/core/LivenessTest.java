package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final Scope HERE = new Scope("test", Rows.IDENTITY, "here", "team");
  private static final Scope SAME_SERVER = new Scope("test", Rows.IDENTITY, "alias", "");
  private static final Scope ELSEWHERE = new Scope("test", "another", "elsewhere", "team");

  private final List<String> told = new ArrayList<>();
  private final StubSource source = new StubSource();

  @Test
  void it_is_what_the_source_observes() {
    Observation observation = Liveness.of(source.asSource(), HERE, "pod").observe();

    assertThat(observation).isEqualTo(observed(HERE, "pod"));
  }

  @Test
  void it_listens_to_its_own_kind_and_identity_until_it_is_closed() {
    try (Registration registration =
        Liveness.of(source.asSource(), HERE, "pod").onChange(() -> told.add("told"))) {
      source.tell(observed(HERE, "pod"));
      source.tell(observed(SAME_SERVER, "pod"));
      source.tell(observed(HERE, "raycluster"));
      source.tell(observed(ELSEWHERE, "pod"));
    }
    assertThat(told).hasSize(2);
    assertThat(source.listeners).isEmpty();
  }

  @Test
  void a_source_that_lets_nobody_go_is_at_fault() {
    source.stubborn = true;
    Registration registration = Liveness.of(source.asSource(), HERE, "pod").onChange(() -> {});

    assertThatThrownBy(registration::close).isInstanceOf(IllegalStateException.class);
  }

  private static Observation observed(Scope scope, String kind) {
    return new Observation(scope, kind, Rows.NOON, true, "");
  }

  /** Only watches. */
  private static final class StubSource implements InvocationHandler {
    private final List<Consumer<Observation>> listeners = new ArrayList<>();
    private boolean stubborn;

    Source asSource() {
      return (Source)
          Proxy.newProxyInstance(
              Source.class.getClassLoader(), new Class<?>[] {Source.class}, this);
    }

    void tell(Observation observation) {
      listeners.forEach(listener -> listener.accept(observation));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return switch (method.getName()) {
        case "observe" -> observed((Scope) arguments[0], (String) arguments[1]);
        case "onLiveness" -> listen((Consumer<Observation>) arguments[0]);
        default -> throw new UnsupportedOperationException(method.getName());
      };
    }

    private AutoCloseable listen(Consumer<Observation> listener) {
      listeners.add(listener);
      return () -> {
        if (stubborn) {
          throw new IOException("no");
        }
        listeners.remove(listener);
      };
    }
  }
}
