package dev.muster.daemon.ray;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A request's body that tells how much of it is gone. */
final class CountedBody implements BodyPublisher {
  private final BodyPublisher body;
  private final RayJobs.Progress progress;
  private final AtomicLong sent = new AtomicLong();

  CountedBody(BodyPublisher body, RayJobs.Progress progress) {
    this.body = body;
    this.progress = progress;
  }

  long sent() {
    return sent.get();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer bytes) {
            progress.at(sent.addAndGet(bytes.remaining()), contentLength());
            subscriber.onNext(bytes);
          }

          @Override
          public void onError(Throwable why) {
            subscriber.onError(why);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
