package dev.muster.truth.drive;

import dev.muster.truth.check.Read;
import dev.muster.truth.check.Told;
import dev.muster.truth.check.Waited;
import dev.muster.truth.history.Place;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Asks "wait", and writes down how it went and ended. */
final class Waiting {
  private static final List<String> GOALS =
      List.of("ready", "ready", "deleted", "suspended", "starting", "terminating");

  private final Daemon daemon;
  private final Log log;

  Waiting(Daemon daemon, Log log) {
    this.daemon = daemon;
    this.log = log;
  }

  void once(String namespace, String name, Random random) {
    String goal = GOALS.get(random.nextInt(GOALS.size()));
    String question = "wait of " + namespace + "/" + name + " for " + goal;
    Place place = new Place(namespace, name);
    List<Read> progress = new ArrayList<>();
    Waited.Outcome outcome = Waited.Outcome.NONE;
    Told row = null;
    long started = Now.micros();
    try {
      Iterator<WaitUpdate> updates =
          daemon
              .state()
              .wait(
                  WaitRequest.newBuilder()
                      .setCaller(daemon.caller())
                      .setTarget(Daemon.target(namespace))
                      .setKind(Daemon.KIND)
                      .setName(name)
                      .setGoal(goal)
                      .setTimeoutMs(200 + random.nextInt(4_000))
                      .setExistsWithinMs(random.nextInt(2) * 1_000L)
                      .build());
      while (updates.hasNext()) {
        WaitUpdate update = updates.next();
        Told told = update.hasResource() ? log.kept(Daemon.told(update.getResource(), "")) : null;
        if (update.getOutcome() != WaitUpdate.Outcome.PENDING) {
          row = told;
          outcome = Waited.Outcome.valueOf(update.getOutcome().name());
        } else if (told != null && update.hasObservation()) {
          progress.add(
              new Read(
                  question,
                  namespace,
                  name,
                  false,
                  update.getObservation().getLive(),
                  update.getObservation().getObservedAtMs() * 1000,
                  started,
                  Now.micros(),
                  List.of(told)));
        }
      }
    } catch (StatusRuntimeException e) {
      log.trouble(question + ": " + e.getStatus());
      return;
    }
    log.count("waits: " + outcome);
    log.add(new Waited(question, place, goal, "", started, Now.micros(), outcome, row, progress));
  }
}
