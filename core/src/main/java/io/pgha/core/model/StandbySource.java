package io.pgha.core.model;

import java.util.Optional;

/**
 * What a standby cluster follows (facts §5.18).
 *
 * @param remote a server outside of this cluster; empty: WAL comes from {@code restore_command} only
 */
public record StandbySource(Optional<Upstream> remote) {}
