package dev.muster.daemon.sandbox.auth;

/**
 * What somebody wants to do, in the terms of Kubernetes' authorisation.
 *
 * @param verb for example {@code list} or {@code deletecollection}
 * @param resource plural, with its subresource: {@code rayclusters/status}
 * @param namespace empty for the whole cluster
 * @param name empty when no single object is meant
 */
public record Action(String verb, String group, String resource, String namespace, String name) {}
