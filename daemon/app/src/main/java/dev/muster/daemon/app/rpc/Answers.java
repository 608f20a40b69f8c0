package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Events;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import dev.muster.v1.Event;
import dev.muster.v1.EventsReply;
import dev.muster.v1.EventsRequest;
import dev.muster.v1.ExplainReply;
import dev.muster.v1.ExplainRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Resource;
import java.time.Clock;

/** The answers about one resource: what it is, why it is so, and what was said about it. */
final class Answers {
  private final Sources sources;
  private final Reads reads;
  private final Events events;
  private final History history;
  private final Clock clock;

  Answers(Sources sources, Reads reads, Events events, History history, Clock clock) {
    this.sources = sources;
    this.reads = reads;
    this.events = events;
    this.history = history;
    this.clock = clock;
  }

  GetReply get(GetRequest request) {
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    Reads.Found found =
        reads.get(
            caller,
            target,
            request.getKind(),
            request.getName(),
            StateService.freshness(request.getFreshness()));
    Resource resource = Protos.resource(found.scope(), found.row());
    if (request.getDetails()) {
      Source source = sources.of(request.getKind());
      resource =
          resource.toBuilder().setDetailsJson(source.details(caller, target, found.row())).build();
    }
    GetReply.Builder reply =
        GetReply.newBuilder()
            .setObservation(Protos.observation(found.observation()))
            .setResource(resource)
            .addAllColumns(Cells.columns(sources.kind(request.getKind())))
            .setRow(Cells.line(found.row(), clock.instant()));
    history.estimate(found.row()).map(Protos::estimate).ifPresent(reply::setEstimate);
    if (request.getManifest()) {
      reply.setManifestYaml(
          sources
              .of(request.getKind())
              .manifest(
                  caller, target, request.getKind(), found.row().key().name(), request.getClean()));
    }
    return reply.build();
  }

  ExplainReply explain(ExplainRequest request) {
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    Source source = sources.of(request.getKind());
    Scope scope = sources.resolve(caller, target, request.getKind());
    Reads.requireOneNamespace(scope, sources.kind(request.getKind()));
    String name = sources.address(caller, target, request.getKind(), request.getName());
    Explanation explanation = source.explain(caller, target, request.getKind(), name);
    ExplainReply.Builder reply =
        ExplainReply.newBuilder()
            .setResource(Protos.resource(scope, explanation.row()))
            .setSentence(explanation.sentence())
            .addAllCauses(explanation.causes())
            .setAdvice(explanation.advice());
    history.estimate(explanation.row()).map(Protos::estimate).ifPresent(reply::setEstimate);
    return reply.build();
  }

  EventsReply events(EventsRequest request) {
    Events.About about =
        events.of(
            Protos.caller(request.getCaller()),
            Protos.target(request.getTarget()),
            request.getKind(),
            request.getName());
    EventsReply.Builder reply =
        EventsReply.newBuilder().setObservation(Protos.observation(about.found().observation()));
    about.rows().forEach(row -> reply.addEvents(event(row)));
    return reply.build();
  }

  private static Event event(Row row) {
    return Event.newBuilder()
        .setAtMs(Protos.millis(row.changed()))
        .setType(row.nativeState())
        .setAbout(row.key().name())
        .setText(row.reason())
        .setNamespace(row.key().namespace())
        .build();
  }
}
