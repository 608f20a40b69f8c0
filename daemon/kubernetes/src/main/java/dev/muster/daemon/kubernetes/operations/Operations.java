package dev.muster.daemon.kubernetes.operations;

import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.informers.Rows;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.time.Clock;

/** All that can be done on one server as one user. */
public final class Operations {
  private final ApiClient client;
  private final Rows rows;
  private final CacheWriter writer;
  private final Clock clock;
  private final Pause pause;

  /**
   * @param rows of the client's identity
   * @param writer where those rows go
   * @param pause between two looks at the same thing
   */
  public Operations(ApiClient client, Rows rows, CacheWriter writer, Clock clock, Pause pause) {
    this.client = client;
    this.rows = rows;
    this.writer = writer;
    this.clock = clock;
    this.pause = pause;
  }

  public Reading reading() {
    return new Reading(client, rows, clock);
  }

  public Writing writing() {
    return new Writing(client, reading(), answers());
  }

  public Documents documents() {
    return new Documents(client, writing());
  }

  public Deleting deleting() {
    return new Deleting(client, reading(), answers());
  }

  private Answers answers() {
    return new Answers(rows, writer, clock);
  }

  public Sizing sizing() {
    Writing writing = writing();
    return new Sizing(client, reading(), writing, new Managed(client, writing, pause));
  }

  public Suspending suspending() {
    Writing writing = writing();
    return new Suspending(client, reading(), writing, new Managed(client, writing, pause));
  }

  public Grouping grouping() {
    return new Grouping(client, reading(), writing());
  }

  public Comparing comparing() {
    return new Comparing(client, writing());
  }

  /** Reads all that tells why that thing is as it is. */
  public Inquiry inquiry(Resource resource, String namespace, String name) {
    return Inquiry.of(client, rows, clock, resource, namespace, name);
  }
}
