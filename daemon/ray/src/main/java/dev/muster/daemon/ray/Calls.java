package dev.muster.daemon.ray;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Registration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Requests to a dashboard, each by the way that leads there at that moment and with its headers.
 * Whatever goes wrong comes out as a sentence.
 */
final class Calls {
  private final Supplier<RayEndpoint> way;
  private final Consumer<RayEndpoint> lost;
  private final Timing timing;

  /**
   * @param lost told of an endpoint that did not answer
   */
  Calls(Supplier<RayEndpoint> way, Consumer<RayEndpoint> lost, Timing timing) {
    this.way = way;
    this.lost = lost;
    this.timing = timing;
  }

  Timing timing() {
    return timing;
  }

  /** The way of now. */
  RayEndpoint endpoint() {
    return way.get();
  }

  /** An answer of any status. */
  record Answer(RayEndpoint from, int status, String text) {
    /** A failure unless it is the one that was hoped for. */
    Answer orFail() {
      if (status != 200) {
        throw Refusals.of(from, status, text);
      }
      return this;
    }

    JsonNode json() {
      orFail();
      try {
        return JobReader.JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw Refusals.notRay(from, "it answers without JSON");
      }
    }
  }

  /** What a request carries; {@code moved} is how much of it is gone. */
  record Load(String type, BodyPublisher bytes, LongSupplier moved) {
    static final Load NONE = new Load("", BodyPublishers.noBody(), () -> 0);

    static Load json(JsonNode body) {
      return new Load("application/json", BodyPublishers.ofString(body.toString()), () -> 0);
    }
  }

  Answer get(String path, Cancellation cancellation) {
    return send("GET", path, Load.NONE, cancellation);
  }

  Answer send(String method, String path, Load load, Cancellation cancellation) {
    RayEndpoint endpoint = way.get();
    HttpRequest.Builder request = request(endpoint, path).method(method, load.bytes());
    if (!load.type().isEmpty()) {
      request.header("Content-Type", load.type());
    }
    HttpResponse<String> response =
        answer(endpoint, request.build(), BodyHandlers.ofString(), load.moved(), cancellation);
    return new Answer(endpoint, response.statusCode(), response.body());
  }

  /** Hands over the body of an answer as it comes, at the pace of whoever takes it. */
  void stream(String path, ByteTaker taker, Cancellation cancellation) throws IOException {
    RayEndpoint endpoint = way.get();
    HttpResponse<Body> response =
        answer(endpoint, request(endpoint, path).GET().build(), Calls::body, () -> 0, cancellation);
    if (response.statusCode() != 200) {
      throw Refusals.of(endpoint, response.statusCode(), response.body().text());
    }
    try (Inflow inflow = new Inflow();
        Registration watch = cancellation.onCancel(inflow::close)) {
      response.body().bytes().subscribe(inflow);
      for (List<ByteBuffer> next = next(inflow, endpoint);
          next != null;
          next = next(inflow, endpoint)) {
        for (ByteBuffer bytes : next) {
          taker.take(bytes);
        }
        if (!inflow.isMore()) {
          taker.pause();
        }
      }
    }
  }

  /** Where the bytes of an answer go. */
  @FunctionalInterface
  interface ByteTaker {
    void take(ByteBuffer bytes) throws IOException;

    /** There is nothing more for now: what was kept back to be handed on with more is to go. */
    default void pause() throws IOException {}
  }

  /** The failure that says that an endpoint did not answer; its owner is told. */
  Failure noAnswer(RayEndpoint endpoint, Throwable why) {
    lost.accept(endpoint);
    return new Failure(
        Failure.Kind.NO_ANSWER,
        "Ray's dashboard at "
            + endpoint.address()
            + " does not answer by "
            + endpoint.words()
            + ": "
            + Words.reason(why)
            + ".",
        why);
  }

  private List<ByteBuffer> next(Inflow inflow, RayEndpoint endpoint) {
    try {
      return inflow.next(timing.answer());
    } catch (IOException e) {
      throw noAnswer(endpoint, e);
    }
  }

  /** A body that is streamed, or the text of a refusal. */
  private record Body(Flow.Publisher<List<ByteBuffer>> bytes, String text) {}

  private static BodySubscriber<Body> body(HttpResponse.ResponseInfo info) {
    return info.statusCode() == 200
        ? BodySubscribers.mapping(BodySubscribers.ofPublisher(), bytes -> new Body(bytes, ""))
        : BodySubscribers.mapping(
            BodySubscribers.ofString(StandardCharsets.UTF_8), text -> new Body(null, text));
  }

  private static HttpRequest.Builder request(RayEndpoint endpoint, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.base() + path));
    endpoint.headers().get().forEach(request::setHeader);
    return request;
  }

  private <T> HttpResponse<T> answer(
      RayEndpoint endpoint,
      HttpRequest request,
      BodyHandler<T> handler,
      LongSupplier moved,
      Cancellation cancellation) {
    CompletableFuture<HttpResponse<T>> answer = endpoint.http().sendAsync(request, handler);
    HttpResponse<T> response;
    try (Registration watch = cancellation.onCancel(() -> answer.cancel(true))) {
      response = await(answer, moved);
    } catch (ExecutionException e) {
      throw noAnswer(endpoint, e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw noAnswer(
          endpoint, new HttpTimeoutException("no answer for " + Words.of(timing.answer())));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (response.statusCode() / 100 == 5 && response.statusCode() > 501) {
      lost.accept(endpoint);
    }
    return response;
  }

  /** Waits for as long as something moves, and then for so long as an answer may take. */
  private <T> T await(CompletableFuture<T> answer, LongSupplier moved)
      throws ExecutionException, InterruptedException, TimeoutException {
    Duration wait = timing.answer();
    while (true) {
      long before = moved.getAsLong();
      try {
        return answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (moved.getAsLong() == before) {
          throw e;
        }
      }
    }
  }
}
