package io.pgha.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts of clients. */
public final class ClientContext {
    private ClientContext() {}

    /**
     * For a client that checks the server's certificate.
     *
     * @param own what it shows of itself; nothing when empty
     * @param authorities PEM file; those that Java brings along when empty
     * @throws PemException when a file cannot be used
     */
    public static SSLContext verifying(Optional<OwnCertificate> own, Optional<Path> authorities) throws PemException {
        KeyStore store = authorities.isPresent() ? PemFiles.trustStore(authorities.get()) : null;
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return of(own, factory.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw new PemException("the authorities cannot be used: " + e, e);
        }
    }

    /**
     * For a client that takes every server.
     *
     * @param own what it shows of itself; nothing when empty
     * @throws PemException when a file cannot be used
     */
    public static SSLContext trustingEverybody(Optional<OwnCertificate> own) throws PemException {
        return of(own, new TrustEverybody());
    }

    /** For a client that will not use TLS: Java's own context would read all the authorities of the world first. */
    public static SSLContext unused() {
        try {
            return of(Optional.empty());
        } catch (PemException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static SSLContext of(Optional<OwnCertificate> own, TrustManager... trusted) throws PemException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.isPresent() ? own.get().keyManagers() : new KeyManager[0], trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new PemException("the certificates cannot be used: " + e, e);
        }
    }
}
