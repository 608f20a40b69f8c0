package dev.muster.daemon.core;

import java.time.Duration;

/**
 * What one wait is for.
 *
 * @param key what is waited for
 * @param goal until when
 * @param timeout how long at most; null: for ever
 * @param existsWithin how long it may be absent at first, counted from the start; zero: not at all
 * @param uid the incarnation that a write of the caller produced or found; empty: whichever is
 *     there first
 * @param elapsed how long the caller has waited already, at another daemon: the times above count
 *     from then
 */
public record WaitRequest(
    Key key, Goal goal, Duration timeout, Duration existsWithin, String uid, Duration elapsed) {}
