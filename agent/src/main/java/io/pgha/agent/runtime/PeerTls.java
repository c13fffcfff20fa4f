package io.pgha.agent.runtime;

import io.pgha.config.CtlConfig;
import io.pgha.config.value.Secret;
import io.pgha.tls.ClientContext;
import io.pgha.tls.OwnCertificate;
import io.pgha.tls.PemException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
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
        Optional<OwnCertificate> own = ctl.certfile()
                .map(file -> new OwnCertificate(
                        file, ctl.keyfile(), ctl.keyfilePassword().map(Secret::revealed)));
        try {
            return Optional.of(
                    own.isEmpty() || ctl.insecure()
                            ? ClientContext.trustingEverybody(own)
                            : ClientContext.verifying(own, ctl.cacert()));
        } catch (PemException e) {
            LOG.error("the certificates in the section ctl cannot be used: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
