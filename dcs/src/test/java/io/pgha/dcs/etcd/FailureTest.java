package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.security.cert.CertPathBuilderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, etcdserver: requested lease not found, LEASE_LOST",
        "INVALID_ARGUMENT, 'etcdserver: authentication failed, invalid user ID or password', DENIED",
        "FAILED_PRECONDITION, etcdserver: authentication is not enabled, NO_AUTHENTICATION",
        "UNAUTHENTICATED, etcdserver: invalid auth token, TOKEN",
        "INVALID_ARGUMENT, etcdserver: user name is empty, TOKEN",
        "INVALID_ARGUMENT, etcdserver: revision of auth store is old, TOKEN",
        "PERMISSION_DENIED, etcdserver: permission denied, TOKEN",
        "RESOURCE_EXHAUSTED, etcdserver: mvcc: database space exceeded, REFUSED",
        "INVALID_ARGUMENT, etcdserver: request is too large, REFUSED",
        "RESOURCE_EXHAUSTED, etcdserver: too many requests, NOT_CARRIED_OUT",
        "UNAVAILABLE, etcdserver: no leader, NOT_CARRIED_OUT",
        "UNKNOWN, not a primary lessor, NOT_CARRIED_OUT",
        "UNAVAILABLE, etcdserver: request timed out, UNKNOWN",
        "UNAVAILABLE, 'etcdserver: request timed out, possibly due to previous leader failure', UNKNOWN",
        "UNAVAILABLE, Connection reset by peer, UNKNOWN",
        "DEADLINE_EXCEEDED, deadline exceeded after 1s, UNKNOWN",
        "UNIMPLEMENTED, HTTP status code 404 content-type text/html, UNKNOWN",
        "CANCELLED, Thread interrupted, UNKNOWN",
    })
    void etcdsWordsAreUnderstood(Status.Code code, String text, Failure.Kind kind) {
        assertThat(Failure.of(code.toStatus().withDescription(text).asRuntimeException(), true)
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void whatWasNeverSentWasNotCarriedOut() {
        assertThat(unsent(Status.UNAVAILABLE)).isEqualTo(Failure.Kind.NOT_CARRIED_OUT);
        assertThat(unsent(Status.DEADLINE_EXCEEDED)).isEqualTo(Failure.Kind.STILL_CONNECTING);
    }

    @Test
    void controlCharactersOfTheServerDoNotReachTheLog() {
        String hostile = "a\u001b[31mred\r\nnew line";
        assertThat(Failure.of(Status.UNKNOWN.withDescription(hostile).asRuntimeException(), true)
                        .text())
                .doesNotContain("\u001b", "\r", "\n");
    }

    @Test
    void aCertificateThatIsNotTrustedIsToldPlainly() {
        Throwable refused = new IllegalStateException(
                "handshake", new CertPathBuilderException("unable to find valid certification path"));
        Status status = Status.UNAVAILABLE
                .withDescription("io exception Channel Pipeline: [x]")
                .withCause(refused);
        assertThat(Failure.of(status.asRuntimeException(), false).text())
                .isEqualTo("its certificate is not trusted by etcd3.cacert");
    }

    private static Failure.Kind unsent(Status status) {
        return Failure.of(status.asRuntimeException(), false).kind();
    }
}
