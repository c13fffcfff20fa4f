package io.pgha.postgres;

import io.pgha.core.model.Upstream;
import java.util.Optional;

/**
 * Where to make a replica from.
 *
 * @param source whom to copy from; empty: only methods that need no leader ({@code no_leader})
 * @param onlyBasebackup skip the configured methods (reinit from the leader, facts §5.13)
 */
public record CloneRequest(Optional<Upstream> source, boolean onlyBasebackup) {}
