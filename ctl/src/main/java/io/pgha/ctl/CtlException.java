package io.pgha.ctl;

/** A command cannot be carried out; the message is printed after {@code Error:} and the exit status is 1. */
public class CtlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CtlException(String message) {
        super(message);
    }

    public CtlException(String message, Throwable cause) {
        super(message, cause);
    }
}
