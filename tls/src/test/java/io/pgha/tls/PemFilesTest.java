package io.pgha.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFilesTest {
    private static final Path FILES = Path.of("src/test/resources/tls");

    @ParameterizedTest
    @CsvSource({
        "server.key,,RSA",
        "server-encrypted.key,secret,RSA",
        "server-pkcs1.key,,RSA",
        "both.pem,,RSA",
        "ec.key,,EC",
    })
    void everyFormatOfKeysIsRead(String file, String password, String algorithm) throws PemException {
        assertThat(PemFiles.privateKey(FILES.resolve(file), Optional.ofNullable(password))
                        .getAlgorithm())
                .isEqualTo(algorithm);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuch.key            |        | does not exist",
                "server.crt            |        | there is no private key",
                "server-encrypted.key  |        | set keyfile_password",
                "server-encrypted.key  | wrong  | keyfile_password does not open",
                "server-old.key        | secret | convert it: openssl pkcs8",
            })
    void aKeyThatCannotBeReadIsNamedWithTheRemedy(String file, String password, String message) {
        assertThatThrownBy(() -> PemFiles.privateKey(FILES.resolve(file), Optional.ofNullable(password)))
                .isInstanceOf(PemException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(message)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aKeyThatDoesNotBelongToItsCertificateIsToldBeforeItIsUsed() throws PemException {
        Path certificate = FILES.resolve("server.crt");
        assertThatThrownBy(() -> own(certificate, "ec.key").keyStore())
                .isInstanceOf(PemException.class)
                .hasMessageContaining("does not belong to the certificate in " + certificate);
        assertThat(own(certificate, "server.key").keyStore()).isNotNull();
    }

    private static OwnCertificate own(Path certificate, String key) {
        return new OwnCertificate(certificate, Optional.of(FILES.resolve(key)), Optional.empty());
    }
}
