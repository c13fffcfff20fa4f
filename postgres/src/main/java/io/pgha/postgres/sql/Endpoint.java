package io.pgha.postgres.sql;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host name or address; for a socket only shown in messages
 * @param port TCP port, also part of a socket's name
 * @param socketDirectory directory of the Unix socket, when it is to be used
 */
public record Endpoint(String host, int port, Optional<Path> socketDirectory) {
    /** A server reached by TCP. */
    public static Endpoint tcp(String host, int port) {
        return new Endpoint(host, port, Optional.empty());
    }

    /** The socket's file, as PostgreSQL names it. */
    public Optional<Path> socketFile() {
        return socketDirectory.map(directory -> directory.resolve(".s.PGSQL." + port));
    }

    @Override
    public String toString() {
        return socketFile().map(Path::toString).orElse(host + ":" + port);
    }
}
