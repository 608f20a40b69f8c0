package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.SubmitUpdate;

/** One submission: how far it is, then what came of it. */
final class SubmitStream {
  /** Of what is sent; more news than that nobody can see. */
  private static final int STEPS = 200;

  private final Sources sources;
  private final SubmitRequest request;
  private final Outflow<SubmitUpdate> out;
  private String phase = "";
  private long told;

  SubmitStream(Sources sources, SubmitRequest request, Outflow<SubmitUpdate> out) {
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
    Submitted submitted =
        sources
            .jobs(kind)
            .submit(
                caller,
                target,
                new Submission(
                    kind,
                    request.getName(),
                    Protos.settings(request.getSettingsList()),
                    request.getCommandList(),
                    request.getFile(),
                    request.getText(),
                    request.getDryRun()),
                this::progress,
                cancellation);
    SubmitUpdate.Builder last =
        SubmitUpdate.newBuilder()
            .setManifestYaml(submitted.manifest())
            .setDashboard(submitted.dashboard())
            .addAllWarnings(submitted.warnings());
    if (submitted.row() != null) {
      last.setResource(Protos.resource(scope, submitted.row()));
    }
    out.send(last.build());
  }

  private synchronized void progress(String now, long done, long total) {
    boolean news = !now.equals(phase) || done == total || done - told > total / STEPS;
    if (!news) {
      return;
    }
    phase = now;
    told = done;
    out.tell(
        SubmitUpdate.newBuilder().setPhase(now).setDoneBytes(done).setTotalBytes(total).build());
  }
}
