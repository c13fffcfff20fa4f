package io.pgha.postgres.version;

/** A version text that cannot be read, or a PostgreSQL that pgha does not know how to drive. */
public final class UnsupportedVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was found, where, and what is supported
     */
    public UnsupportedVersionException(String message) {
        super(message);
    }
}
