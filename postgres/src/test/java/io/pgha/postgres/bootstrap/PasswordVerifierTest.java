package io.pgha.postgres.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class PasswordVerifierTest {
    @Test
    void aVerifierDoesNotContainThePassword() {
        assertThat(PasswordVerifier.of("app", "secret", "scram-sha-256"))
                .matches("SCRAM-SHA-256\\$4096:[A-Za-z0-9+/=]{24}\\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}");
        assertThat(PasswordVerifier.of("app", "secret", "scram-sha-256"))
                .isNotEqualTo(PasswordVerifier.of("app", "secret", "scram-sha-256"));
    }

    @Test
    void md5IsWhatOldServersStore() throws GeneralSecurityException {
        // select 'md5' || md5('secret' || 'app')
        assertThat(PasswordVerifier.md5("app", "secret"))
                .isEqualTo("md56a422f785c9e20873908ce25d1736ae2")
                .hasSize(35);
    }

    @Test
    void otherAlphabetsAreLeftToTheServer() {
        assertThat(PasswordVerifier.of("app", "пароль", "scram-sha-256")).isEqualTo("пароль");
    }
}
