package dev.muster.daemon.kubernetes.define;

/**
 * A Kueue LocalQueue of a namespace.
 *
 * @param isDefault whether its annotation {@code kueue.x-k8s.io/default-queue} says "true", in any
 *     case
 */
public record LocalQueue(String name, boolean isDefault) {}
