package io.pgha.restapi;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of the REST API (facts §2.8).
 *
 * @param certificates PEM file with the server's certificate and its chain, and the key where {@code key} is absent
 * @param key PEM file with the private key
 * @param keyPassword for an encrypted key; never shown
 * @param authorities PEM file with the authorities that client certificates are checked against
 * @param ciphers OpenSSL's or Java's names, separated by colons; those that Java does not know are left out
 * @param verifyClient whether clients must show a certificate
 */
public record TlsSettings(
        Path certificates,
        Optional<Path> key,
        Optional<String> keyPassword,
        Optional<Path> authorities,
        Optional<String> ciphers,
        VerifyClient verifyClient) {
    /** The setting {@code verify_client}. */
    public enum VerifyClient {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    @Override
    public String toString() {
        return "TlsSettings[" + certificates + ", verify_client " + verifyClient + "]";
    }
}
