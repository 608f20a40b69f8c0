package dev.muster.daemon.sandbox.store;

import java.util.List;

/** All objects of one resource at one version, ordered by namespace and name. */
public record Snapshot(long version, List<StoredObject> objects) {}
