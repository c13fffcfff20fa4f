package io.pgha.ctl;

/** The DCS cannot be read; what the local agent knows may still help. */
public final class DcsSilentException extends CtlException {
    private static final long serialVersionUID = 1L;

    public DcsSilentException(String message) {
        super(message);
    }
}
