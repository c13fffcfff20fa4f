package io.pgha.dcs.etcd;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failed request means.
 *
 * @param kind what to do about it
 * @param text one sentence for people
 */
record Failure(Kind kind, String text) {

    enum Kind {
        /** It never left, or etcd said that it did nothing: another endpoint may be asked. */
        NOT_CARRIED_OUT,
        /** The connection did not come up in time: the request never left. */
        STILL_CONNECTING,
        /** It left, and nobody knows. */
        UNKNOWN,
        /** The lease in the request does not exist. */
        LEASE_LOST,
        /** The token is missing, expired or outdated, or lacks a permission that a fresh one may have. */
        TOKEN,
        /** Wrong user or password. */
        DENIED,
        /** etcd has no authentication, and we sent for a token. */
        NO_AUTHENTICATION,
        /** etcd said no, and would say so again. */
        REFUSED
    }

    /**
     * @param sent whether the request was handed to a connection; if not it was certainly not carried out
     */
    static Failure of(StatusRuntimeException error, boolean sent) {
        Status status = error.getStatus();
        String text = describe(status);
        if (!sent) {
            return status.getCode() == Status.Code.DEADLINE_EXCEEDED
                    ? new Failure(Kind.STILL_CONNECTING, "no connection in time")
                    : new Failure(Kind.NOT_CARRIED_OUT, text);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return new Failure(said(lower).orElseGet(() -> byCode(status.getCode())), text);
    }

    /** etcd's own words tell more than the codes (facts §1.1). */
    private static Optional<Kind> said(String text) {
        if (text.contains("requested lease not found")) {
            return Optional.of(Kind.LEASE_LOST);
        } else if (text.contains("invalid user id or password")) {
            return Optional.of(Kind.DENIED);
        } else if (text.contains("authentication is not enabled")) {
            return Optional.of(Kind.NO_AUTHENTICATION);
        } else if (text.contains("user name is empty")
                || text.contains("permission denied")
                || text.contains("invalid auth token")
                || text.contains("auth store is old")) {
            return Optional.of(Kind.TOKEN);
        } else if (text.contains("etcdserver: no leader")
                || text.contains("not a primary lessor")
                || text.contains("too many requests")) {
            return Optional.of(Kind.NOT_CARRIED_OUT);
        }
        return Optional.empty();
    }

    private static Kind byCode(Status.Code code) {
        return switch (code) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> Kind.TOKEN;
            case RESOURCE_EXHAUSTED, INVALID_ARGUMENT, FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS, OUT_OF_RANGE ->
                Kind.REFUSED;
            default -> Kind.UNKNOWN;
        };
    }

    /** Whether no chain of certificates led from the server's to one that is trusted. */
    private static boolean isDistrusted(@Nullable Throwable trouble) {
        Throwable cause = trouble;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String describe(Status status) {
        StringBuilder text = new StringBuilder();
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "no answer in time";
        }
        if (isDistrusted(status.getCause())) {
            return "its certificate is not trusted by etcd3.cacert";
        }
        text.append(Optional.ofNullable(status.getDescription())
                .orElse(status.getCode().name()));
        Throwable cause = status.getCause();
        if (cause != null && cause.getMessage() != null) {
            text.append(" (").append(cause.getMessage()).append(')');
        }
        return text.toString().replaceAll("\\p{C}+", " ");
    }
}
