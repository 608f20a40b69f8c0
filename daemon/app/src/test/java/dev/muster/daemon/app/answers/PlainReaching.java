package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.ClientCertificates;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Reaching;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Ways that are there at once; what is asked is remembered as a line. */
final class PlainReaching implements Reaching {
  private final List<String> orders;

  PlainReaching(List<String> orders) {
    this.orders = orders;
  }

  @Override
  public void forward(
      Caller caller,
      Target target,
      String kind,
      String name,
      List<Port> ports,
      ForwardListener listener,
      Cancellation cancellation) {
    orders.add("forward " + kind + " " + name + " " + ports);
    CountDownLatch over = new CountDownLatch(1);
    cancellation.onCancel(over::countDown);
    listener.open(List.of(new Port("dashboard", 8265, 18265)), "a port-forward");
    listener.note("it wants certificates");
    listener.changed("the head pod is another one now");
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    orders.add("over");
  }

  @Override
  public String dashboard(Caller caller, Target target, String kind, String name) {
    return switch (name) {
      case "hidden" -> throw new Failure(Failure.Kind.NO_ANSWER, "no route leads there.");
      case "absent" -> throw new Failure(Failure.Kind.NOT_FOUND, "there is none.");
      default -> "https://" + name + ".example.org";
    };
  }

  @Override
  public String token(Caller caller, Target target, String cluster) {
    return "token-of-" + cluster;
  }

  @Override
  public ClientCertificates certificates() {
    return new PlainCertificates();
  }

  @Override
  public int collectLogs(
      Caller caller,
      Target target,
      String kind,
      String name,
      String nodes,
      Path directory,
      Consumer<String> listener,
      Cancellation cancellation) {
    orders.add("collect " + kind + " " + name + " " + nodes + " " + directory);
    listener.accept("demo-head: 3 files");
    return 3;
  }
}
