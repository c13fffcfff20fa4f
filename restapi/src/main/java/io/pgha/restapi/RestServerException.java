package io.pgha.restapi;

/** The REST API cannot be offered with these settings; the message says which setting, why, and what to do. */
public final class RestServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RestServerException(String message, Throwable cause) {
        super(message, cause);
    }

    RestServerException(String message) {
        super(message);
    }
}
