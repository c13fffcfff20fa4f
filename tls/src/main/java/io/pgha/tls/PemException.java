package io.pgha.tls;

import java.io.IOException;

/** A PEM file cannot be used; the message names the file and the remedy, and never a password. */
public final class PemException extends IOException {
    private static final long serialVersionUID = 1L;

    PemException(String message) {
        super(message);
    }

    PemException(String message, Throwable cause) {
        super(message, cause);
    }
}
