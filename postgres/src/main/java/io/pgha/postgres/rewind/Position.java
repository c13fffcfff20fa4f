package io.pgha.postgres.rewind;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;

/**
 * How far the local WAL goes.
 *
 * @param timeline the local timeline
 * @param lsn standby: the last replayed position; former primary: its last checkpoint
 * @param formerPrimary whether the server was a primary, so that WAL behind the position exists
 */
public record Position(Timeline timeline, Lsn lsn, boolean formerPrimary) {}
