package io.pgha.postgres.copy;

import io.pgha.postgres.conf.Conninfo;

/**
 * The server that is copied.
 *
 * @param name for messages
 * @param conninfo how to connect as the replication role, without a password
 * @param password empty text: none
 */
public record CopySource(String name, Conninfo conninfo, String password) {
    /** Never shows the password. */
    @Override
    public String toString() {
        return "CopySource[" + name + "]";
    }
}
