package dev.muster.truth.drive;

import dev.muster.truth.check.Read;
import dev.muster.truth.check.Told;
import dev.muster.v1.Freshness;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Observation;
import dev.muster.v1.Resource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Asks "get" and "list", and writes down what was answered and when. */
final class Questions {
  private final Daemon daemon;
  private final Log log;
  private final Set<String> namespaces;

  /**
   * @param namespaces of this run: on a server that is shared, others' rows are passed over
   */
  Questions(Daemon daemon, Log log, List<String> namespaces) {
    this.daemon = daemon;
    this.log = log;
    this.namespaces = Set.copyOf(namespaces);
  }

  /**
   * @param what "status" and "get" ask the same, as the commands of that name do
   */
  void get(String what, String namespace, String name, boolean fresh) {
    String question = what + " of " + namespace + "/" + name;
    long started = Now.micros();
    try {
      GetReply reply =
          daemon
              .state()
              .get(
                  GetRequest.newBuilder()
                      .setCaller(daemon.caller())
                      .setTarget(Daemon.target(namespace))
                      .setKind(Daemon.KIND)
                      .setName(name)
                      .setFreshness(Freshness.newBuilder().setLive(fresh))
                      .build());
      long ended = Now.micros();
      Told row = log.kept(Daemon.told(reply.getResource(), reply.getRow()));
      Observation said = reply.getObservation();
      log.add(
          new Read(
              question,
              namespace,
              name,
              fresh,
              said.getLive(),
              said.getObservedAtMs() * 1000,
              started,
              ended,
              List.of(row)));
    } catch (StatusRuntimeException e) {
      long ended = Now.micros();
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        log.trouble(question + ": " + e.getStatus());
        return;
      }
      log.add(new Read(question, namespace, name, fresh, false, -1, started, ended, List.of()));
    }
  }

  /**
   * @param namespace empty for all
   * @param table as a table's cells, which carry no versions
   */
  void list(String namespace, boolean table, boolean fresh) {
    String question =
        (fresh ? "fresh " : "")
            + (table ? "list as a table" : "list")
            + " of "
            + (namespace.isEmpty() ? "all namespaces" : namespace);
    List<Told> rows = new ArrayList<>();
    Observation said = Observation.getDefaultInstance();
    long started = Now.micros();
    try {
      Iterator<ListChunk> chunks =
          daemon
              .state()
              .list(
                  ListRequest.newBuilder()
                      .setCaller(daemon.caller())
                      .setTarget(Daemon.target(namespace))
                      .setKind(Daemon.KIND)
                      .setLayout(table ? Layout.CELLS : Layout.RECORDS)
                      .setFreshness(Freshness.newBuilder().setLive(fresh))
                      .build());
      while (chunks.hasNext()) {
        ListChunk chunk = chunks.next();
        said = chunk.getObservationsCount() > 0 ? chunk.getObservations(0) : said;
        for (String line : chunk.getRowsList()) {
          add(Daemon.told(line), rows);
        }
        for (Resource resource : chunk.getResourcesList()) {
          add(Daemon.told(resource, ""), rows);
        }
      }
    } catch (StatusRuntimeException e) {
      log.trouble(question + ": " + e.getStatus());
      return;
    }
    long ended = Now.micros();
    log.add(
        new Read(
            question,
            namespace,
            "",
            fresh,
            said.getLive(),
            said.getObservedAtMs() * 1000,
            started,
            ended,
            rows));
  }

  private void add(Told row, List<Told> rows) {
    if (namespaces.contains(row.place().namespace())) {
      rows.add(log.kept(row));
    }
  }
}
