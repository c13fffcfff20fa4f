package io.pgha.restapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Sockets that many idle or slow clients do not hurt: one selector thread that also accepts, buffers of 2 KB that are
 * held only while something is being read, limits on whatever a client may make us keep (reliability.md, class D).
 */
final class Connectors {
    /** Request line and headers together. */
    private static final int HEADER_LIMIT = 8 * 1024;

    private static final int INPUT_BUFFER = 2 * 1024;
    /** Who has not sent anything for so long before the first request was complete is disconnected. */
    static final long FIRST_REQUEST_IDLE_MILLIS = 10_000;

    private static final int ACCEPT_QUEUE = 128;
    private static final long POOLED_BYTES = 2 << 20;

    private Connectors() {}

    /**
     * Binds the port, before anything else is built.
     *
     * @throws RestServerException when it cannot be had
     */
    static ServerSocketChannel bind(RestSettings settings) {
        boolean everywhere = settings.host().isEmpty() || settings.host().equals("*");
        InetSocketAddress address = everywhere
                ? new InetSocketAddress(settings.port())
                : new InetSocketAddress(settings.host(), settings.port());
        String place = "restapi.listen: cannot listen on " + settings.host() + ":" + settings.port();
        if (address.isUnresolved()) {
            throw new RestServerException(place + "; the host name cannot be resolved");
        }
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.socket().setReuseAddress(true);
            channel.socket().bind(address, Math.max(ACCEPT_QUEUE, settings.requestQueueSize()));
            return channel;
        } catch (IOException e) {
            IO.close(channel);
            throw new RestServerException(
                    place + " (" + e.getMessage() + "); another process has the port, or the address is not ours", e);
        }
    }

    /** Everything that can go wrong with keys and certificates goes wrong here. */
    static Prepared prepare(RestSettings settings, ServerSocketChannel channel) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration(settings));
        http.setInputBufferSize(INPUT_BUFFER);
        ConnectionFactory[] factories = settings.tls()
                .map(tls -> new ConnectionFactory[] {ssl(tls), http})
                .orElseGet(() -> new ConnectionFactory[] {http});
        return new Prepared(channel, List.of(factories));
    }

    /**
     * What a connector is made of, once there is a server.
     *
     * @param channel bound
     * @param factories TLS, when wanted, and HTTP
     */
    record Prepared(ServerSocketChannel channel, List<ConnectionFactory> factories) {
        ServerConnector connector(Server server) {
            ArrayByteBufferPool buffers = new ArrayByteBufferPool(0, 1024, 65536, 256, POOLED_BYTES, 0);
            ServerConnector connector =
                    new ServerConnector(server, null, null, buffers, 0, 1, factories.toArray(ConnectionFactory[]::new));
            try {
                connector.open(channel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            connector.setIdleTimeout(FIRST_REQUEST_IDLE_MILLIS);
            return connector;
        }
    }

    private static HttpConfiguration configuration(RestSettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_LIMIT);
        http.setResponseHeaderSize(4 * 1024);
        http.setOutputBufferSize(8 * 1024);
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        // An answer is a handful of bytes: whoever sent a body with a question gets the answer, and the connection
        // closes.
        http.setMaxUnconsumedRequestContentReads(2);
        http.setHttpCompliance(HttpCompliance.RFC7230.with("pgha", HttpCompliance.Violation.UNSAFE_HOST_HEADER));
        http.setUriCompliance(UriCompliance.DEFAULT.with("pgha", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        http.setHeaderCacheSize(256);
        if (settings.tls().isPresent()) {
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        return http;
    }

    private static SslConnectionFactory ssl(TlsSettings tls) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(Certificates.keyStore(tls));
        context.setKeyStorePassword("");
        tls.authorities().ifPresent(file -> context.setTrustStore(Certificates.trustStore(file)));
        context.setWantClientAuth(tls.verifyClient() == TlsSettings.VerifyClient.OPTIONAL);
        context.setNeedClientAuth(tls.verifyClient() == TlsSettings.VerifyClient.REQUIRED);
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        // Members and HAProxy often ask for an address that stands in no certificate.
        context.setSniRequired(false);
        tls.ciphers().map(Connectors::javaNames).ifPresent(names -> {
            if (!names.isEmpty()) {
                context.setIncludeCipherSuites(names.toArray(String[]::new));
            }
        });
        return new SslConnectionFactory(context, "http/1.1");
    }

    /** Java's names go through; OpenSSL's keywords and expressions mean nothing here and are left out. */
    private static List<String> javaNames(String ciphers) {
        return Arrays.stream(ciphers.split("[:, ]+", -1))
                .filter(name -> name.startsWith("TLS_"))
                .toList();
    }

    /** Whether the client showed a certificate that was verified. */
    static boolean showedCertificate(Request request) {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
                && session.peerCertificates() != null
                && session.peerCertificates().length > 0;
    }
}
