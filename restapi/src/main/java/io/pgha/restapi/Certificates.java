package io.pgha.restapi;

import io.pgha.tls.OwnCertificate;
import io.pgha.tls.PemException;
import io.pgha.tls.PemFiles;
import java.nio.file.Path;
import java.security.KeyStore;

/** The certificates of the REST API; what is wrong with one is said with its setting. */
final class Certificates {
    private Certificates() {}

    static KeyStore keyStore(TlsSettings tls) {
        try {
            return new OwnCertificate(tls.certificates(), tls.key(), tls.keyPassword()).keyStore();
        } catch (PemException e) {
            throw new RestServerException("restapi.certfile and keyfile: " + e.getMessage(), e);
        }
    }

    static KeyStore trustStore(Path file) {
        try {
            return PemFiles.trustStore(file);
        } catch (PemException e) {
            throw new RestServerException("restapi.cafile: " + e.getMessage(), e);
        }
    }
}
