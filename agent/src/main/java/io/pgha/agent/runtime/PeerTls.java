package io.pgha.agent.runtime;

import io.pgha.config.CtlConfig;
import io.pgha.config.value.Secret;
import io.pgha.restapi.PemFiles;
import io.pgha.restapi.RestServerException;
import io.pgha.restapi.TlsSettings;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards other agents, from the section {@code ctl} (facts §2.8): the server's certificate is verified only where a client
 * certificate is configured, because clusters with self-signed certificates on their REST API are common and only status is read.
 */
final class PeerTls implements Supplier<Optional<SSLContext>> {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTls.class);

    private final Supplier<CtlConfig> config;

    PeerTls(Supplier<CtlConfig> config) {
        this.config = config;
    }

    @Override
    public Optional<SSLContext> get() {
        CtlConfig ctl = config.get();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(ctl), trust(ctl), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | RestServerException e) {
            LOG.error("the certificates in the section ctl cannot be used: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static KeyManager[] keys(CtlConfig ctl) throws GeneralSecurityException {
        if (ctl.certfile().isEmpty()) {
            return new KeyManager[0];
        }
        KeyStore store = PemFiles.keyStore(new TlsSettings(
                ctl.certfile().get(),
                ctl.keyfile(),
                ctl.keyfilePassword().map(Secret::revealed),
                ctl.cacert(),
                Optional.empty(),
                TlsSettings.VerifyClient.NONE));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(CtlConfig ctl) throws GeneralSecurityException {
        if (ctl.certfile().isEmpty() || ctl.insecure()) {
            return new TrustManager[] {new TrustEverybody()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // No store: the authorities that Java brings along.
        factory.init(ctl.cacert().map(PemFiles::trustStore).orElse(null));
        return factory.getTrustManagers();
    }

    /** Checks neither the certificate nor, being an extended one, the host's name. */
    private static final class TrustEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
