package dev.muster.daemon.core;

/**
 * The address of one row.
 *
 * @param identity {@link Scope#identity()}
 * @param kind such as "raycluster" or "pod"
 * @param namespace empty for what has none
 * @param name the resource's name
 */
public record Key(String identity, String kind, String namespace, String name) {}
