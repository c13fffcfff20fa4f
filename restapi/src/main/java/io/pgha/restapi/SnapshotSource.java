package io.pgha.restapi;

import java.util.function.Supplier;

/**
 * Gives the snapshot that was published last. Called for every request, from several threads: it must only read a
 * reference.
 */
@FunctionalInterface
public interface SnapshotSource extends Supplier<NodeSnapshot> {}
