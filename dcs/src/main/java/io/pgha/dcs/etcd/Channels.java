package io.pgha.dcs.etcd;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pgha.tls.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Makes gRPC channels that cost little: one thread for everything, callbacks on it, heap buffers without a pool, no
 * retries, proxies or service configurations behind our back, no pings. A dead peer is noticed by the deadline of the
 * request that is under way, or, when only the watch is waiting, by the kernel's own keep-alive.
 */
final class Channels {
    private static final int LARGEST_ANSWER = 32 << 20;
    private static final int KEEPALIVE_PROBES = 3;

    private final EtcdTls tls;
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("pgha-etcd", true), NioIoHandler.newFactory());

    Channels(EtcdTls tls) {
        this.tls = tls;
    }

    /**
     * A channel to this endpoint, not connected yet.
     *
     * @param connectTimeout the longest that a connection may take to come up
     * @param deadAfter silence of the peer's kernel after which the connection breaks
     * @throws IOException when certificates cannot be read
     */
    ManagedChannel open(URI endpoint, Duration connectTimeout, Duration deadAfter) throws IOException {
        int half = (int) Math.max(1, deadAfter.toSeconds() / 2);
        int interval = (int) Math.max(1, (deadAfter.toSeconds() - half) / KEEPALIVE_PROBES);
        NettyChannelBuilder builder = builder(endpoint)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .withOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false, true))
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .withOption(ChannelOption.SO_KEEPALIVE, true)
                .withOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), half)
                .withOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval)
                .withOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEPALIVE_PROBES)
                .maxInboundMessageSize(LARGEST_ANSWER)
                .proxyDetector(address -> null)
                .disableRetry()
                .disableServiceConfigLookUp();
        if ("https".equals(endpoint.getScheme())) {
            builder.negotiationType(NegotiationType.TLS).sslContext(sslContext());
        } else {
            builder.negotiationType(NegotiationType.PLAINTEXT);
        }
        return builder.build();
    }

    /** Does not wait: the thread is a daemon and ends by itself. */
    void close() {
        var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** A name is resolved by gRPC, so that the deadline of the request holds for that, too. */
    private static NettyChannelBuilder builder(URI endpoint) {
        String host = endpoint.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(bare);
        if (literal == null) {
            return NettyChannelBuilder.forTarget("dns:///" + host + ":" + endpoint.getPort());
        }
        return NettyChannelBuilder.forAddress(
                new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(bare), endpoint.getPort()));
    }

    private SslContext sslContext() throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (tls.cacert().isPresent()) {
            builder.trustManager(readable(tls.cacert().get()).toFile());
        }
        if (tls.cert().isPresent()) {
            Path cert = readable(tls.cert().get());
            Path key = readable(tls.key().orElse(cert));
            builder.keyManager(PemFiles.privateKey(key, Optional.empty()), PemFiles.certificates(cert));
        }
        try {
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (IllegalArgumentException e) {
            throw new IOException("the certificates for etcd cannot be used: " + e.getMessage(), e);
        }
    }

    private static Path readable(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file + ", which is configured for the connection to etcd");
        }
        return file;
    }
}
