package io.pgha.dcs.etcd;

import io.pgha.dcs.wire.MemberListJson;
import io.pgha.tls.ClientContext;
import io.pgha.tls.OwnCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a member of etcd, at the address that it has for the other members, where clients find all of them (facts §2.4). */
final class PeerMembers {
    private static final Logger LOG = LoggerFactory.getLogger(PeerMembers.class);
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int MOST_BYTES = 1 << 20;

    private final EtcdTls tls;

    PeerMembers(EtcdTls tls) {
        this.tls = tls;
    }

    /** The addresses for clients that the first member that answers gives; with the protocol of its own address. */
    List<URI> clientUrls(List<URI> peers) {
        for (URI peer : peers) {
            try {
                List<URI> found = MemberListJson.clientUrls(get(peer.resolve("/members"))).stream()
                        .flatMap(url -> ClientUrl.usable(url, peer.getScheme()).stream())
                        .distinct()
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            } catch (IOException e) {
                LOG.warn("Cannot ask {} for the members of etcd: {}", peer, e.toString());
            }
        }
        return List.of();
    }

    private Optional<OwnCertificate> own() {
        return tls.cert().map(cert -> new OwnCertificate(cert, tls.key(), Optional.empty()));
    }

    private byte[] get(URI url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(
                    ClientContext.verifying(own(), tls.cacert()).getSocketFactory());
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            return body.readNBytes(MOST_BYTES);
        } finally {
            connection.disconnect();
        }
    }
}
