package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.reach.RayWays;
import dev.muster.daemon.ray.LocalFiles;
import dev.muster.daemon.ray.LogPlace;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RayJobs;
import dev.muster.daemon.ray.RaySubmission;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The dashboards of all clusters and the ways to them, as the test says that they are. */
final class TinyRay implements RayWays, RayJobs {
  /** One answer to {@link #follow}. */
  interface Following {
    void follow(LogSink sink, Cancellation cancellation) throws IOException;
  }

  final List<String> asked = new ArrayList<>();
  final List<Map<String, String>> headers = new ArrayList<>();
  final List<RaySubmission> submitted = new ArrayList<>();
  final List<String> stopped = new ArrayList<>();
  final List<String> sent = new ArrayList<>();
  final Map<String, String> logs = new HashMap<>();

  /** What goes wrong with the next questions for a way; null: nothing. */
  final Deque<Failure> wayless = new ArrayDeque<>();

  /** The same for the dashboard's version. */
  final Deque<Failure> mute = new ArrayDeque<>();

  final Deque<Following> followings = new ArrayDeque<>();
  Failure refusal;
  int lost;

  @Override
  public RayEndpoint to(
      Supplier<ApiClient> client,
      Map<String, String> environment,
      String namespace,
      String cluster,
      RayAddress address) {
    asked.add(namespace + "/" + cluster + address.url());
    headers.add(address.headers());
    if (!wayless.isEmpty()) {
      Failure failure = wayless.removeFirst();
      if (failure != null) {
        throw failure;
      }
    }
    return new RayEndpoint(null, URI.create("http://" + cluster), Map::of, "a test");
  }

  @Override
  public void lost(RayEndpoint endpoint) {
    lost++;
  }

  @Override
  public String version() {
    if (!mute.isEmpty()) {
      throw mute.removeFirst();
    }
    return "2.60.0";
  }

  @Override
  public List<RayJob> list() {
    return List.of();
  }

  @Override
  public Optional<RayJob> get(String id) {
    return logs.containsKey(id)
        ? Optional.of(
            new RayJob(
                "SUBMISSION",
                "",
                id,
                "RUNNING",
                "",
                "",
                "",
                null,
                null,
                Map.of(),
                null,
                null,
                null))
        : Optional.empty();
  }

  @Override
  public String submit(RaySubmission submission) {
    if (refusal != null) {
      throw refusal;
    }
    submitted.add(submission);
    return submission.id().isEmpty() ? "raysubmit_1" : submission.id();
  }

  @Override
  public boolean stop(String id) {
    return stopped.add(id);
  }

  @Override
  public boolean delete(String id) {
    return false;
  }

  @Override
  public void logs(String id, LogPlace from, LogSink sink) throws IOException {
    new After(sink, from.bytes())
        .write(ByteBuffer.wrap(logs.get(id).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void follow(String id, LogPlace from, LogSink sink, Cancellation cancellation)
      throws IOException {
    if (followings.isEmpty()) {
      logs(id, from, sink);
    } else {
      followings.removeFirst().follow(new After(sink, from.bytes()), cancellation);
    }
  }

  /** Passes over the first so many bytes. */
  private static final class After implements LogSink {
    private final LogSink sink;
    private long left;

    After(LogSink sink, long left) {
      this.sink = sink;
      this.left = left;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      int known = (int) Math.min(left, bytes.remaining());
      left -= known;
      bytes.position(bytes.position() + known);
      if (bytes.hasRemaining()) {
        sink.write(bytes);
      }
    }

    @Override
    public void note(String sentence) {
      sink.note(sentence);
    }
  }

  @Override
  public String upload(LocalFiles directory, Progress progress, Cancellation cancellation) {
    progress.at(1, 2);
    sent.add(directory.path().toString());
    return "gcs://p.zip";
  }
}
