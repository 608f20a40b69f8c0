package dev.muster.truth.check;

import dev.muster.truth.history.Place;

/**
 * A write that the daemon acknowledged.
 *
 * @param number the resourceVersion that it answered with; -1 for a deletion, which answers with
 *     how it was before
 * @param acknowledged when its answer was there, in microseconds since the epoch
 */
public record OwnWrite(Place place, String uid, long number, long acknowledged) {}
