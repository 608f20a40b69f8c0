package dev.muster.daemon.app.rpc;

import com.google.protobuf.ByteString;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Bookmark;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.proto.Wire;
import dev.muster.v1.LogChunk;
import dev.muster.v1.LogsRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What one job prints, in chunks; at last how the job was then. */
final class LogStream implements LogSink {
  /** What a message holds at the most; more than is handed over at once with a bookmark. */
  private static final int CHUNK_BYTES = Wire.MAX_MESSAGE_BYTES / 2;

  private static final Bookmark NO_BOOKMARK = new Bookmark("", "");

  private final Sources sources;
  private final LogsRequest request;
  private final Outflow<LogChunk> out;

  LogStream(Sources sources, LogsRequest request, Outflow<LogChunk> out) {
    this.sources = sources;
    this.request = request;
    this.out = out;
  }

  void run() throws InterruptedException {
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    String kind = request.getKind();
    Scope scope = sources.resolve(caller, target, kind);
    Reads.requireOneNamespace(scope, sources.kind(kind));
    Cancellation cancellation = new Cancellation();
    out.whileOpen(cancellation::cancel);
    LogQuery query = query(caller, target);
    out.whileOpen(sources.of(kind).attend(scope, kind, query.name()));
    Row end;
    try {
      end = sources.jobs(kind).logs(caller, target, query, this, cancellation);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.NO_ANSWER, "the log broke off: " + e.getMessage(), e);
    }
    out.send(LogChunk.newBuilder().setResource(Protos.resource(scope, end)).build());
  }

  private LogQuery query(Caller caller, Target target) {
    if (request.hasTail() && request.getTail() < 0) {
      throw Failure.usage("--tail takes the number of last lines, not " + request.getTail());
    }
    if (request.hasRank() && request.getRank() < 0) {
      throw Failure.usage("--rank takes a number from 0 on, not " + request.getRank());
    }
    return new LogQuery(
        request.getKind(),
        sources.address(caller, target, request.getKind(), request.getName()),
        request.getFollow(),
        request.getSinceMs() == 0 ? null : Duration.ofMillis(request.getSinceMs()),
        request.hasTail() ? request.getTail() : -1,
        request.hasRank() ? request.getRank() : -1,
        request.getPod(),
        request.getBookmarksMap());
  }

  @Override
  public void write(ByteBuffer bytes) {
    write(bytes, NO_BOOKMARK);
  }

  @Override
  public void write(ByteBuffer bytes, Bookmark after) {
    while (bytes.remaining() > CHUNK_BYTES) {
      out.tell(chunk(bytes, CHUNK_BYTES).build());
    }
    out.tell(chunk(bytes, bytes.remaining()).setPart(after.part()).setBookmark(after.at()).build());
  }

  private static LogChunk.Builder chunk(ByteBuffer bytes, int count) {
    return LogChunk.newBuilder().setData(ByteString.copyFrom(bytes, count));
  }

  @Override
  public void note(String sentence) {
    out.tell(LogChunk.newBuilder().setNote(sentence).build());
  }
}
