package io.pgha.postgres.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to do with an open session. */
@FunctionalInterface
public interface SqlWork<T> {
    T run(Connection session) throws SQLException;
}
