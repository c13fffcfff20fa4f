package io.pgha.dcs.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** URLs that others give us to connect to: only what is plainly a host and a port. */
final class ClientUrl {
    private ClientUrl() {}

    /**
     * The URL, if it is one that can be used.
     *
     * @param scheme the protocol that it must have, so that nobody talks us out of TLS
     */
    static Optional<URI> usable(String url, String scheme) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            boolean usable = host != null
                    && uri.getScheme() != null
                    && scheme.equals(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getPort() > 0
                    && uri.getUserInfo() == null
                    && !host.equals("0.0.0.0")
                    && !host.equals("[::]");
            return usable
                    ? Optional.of(new URI(scheme, null, host, uri.getPort(), null, null, null))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
