package dev.muster.daemon.sandbox.kueue;

import dev.muster.daemon.sandbox.controllers.Quantity;

/** How Kueue writes amounts of a resource. */
final class Resources {

  private Resources() {}

  /** Memory and storage in Ki, Mi, …, everything else in plain numbers. */
  static Quantity form(String resource, Quantity quantity) {
    boolean bytes = resource.equals("memory") || resource.endsWith("storage");
    return new Quantity(quantity.value(), bytes);
  }
}
