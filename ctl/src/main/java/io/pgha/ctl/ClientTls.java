package io.pgha.ctl;

import io.pgha.config.CtlConfig;
import io.pgha.config.value.Secret;
import io.pgha.tls.ClientContext;
import io.pgha.tls.OwnCertificate;
import io.pgha.tls.PemException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** TLS towards members, from the section {@code ctl} (facts §2.8). */
final class ClientTls {
    private ClientTls() {}

    static SSLContext context(CtlConfig ctl) {
        Optional<OwnCertificate> own = ctl.certfile()
                .map(file -> new OwnCertificate(
                        file, ctl.keyfile(), ctl.keyfilePassword().map(Secret::revealed)));
        try {
            return ctl.insecure() ? ClientContext.trustingEverybody(own) : ClientContext.verifying(own, ctl.cacert());
        } catch (PemException e) {
            throw new CtlException("the certificates of the section ctl cannot be used: " + e.getMessage(), e);
        }
    }
}
