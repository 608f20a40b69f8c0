package dev.muster.daemon.sandbox.controllers;

import java.time.Duration;

/** Turns the time that something takes on a real cluster into the time that it takes here. */
@FunctionalInterface
public interface Pace {
  Duration of(Duration real);

  default Duration millis(long real) {
    return of(Duration.ofMillis(real));
  }
}
