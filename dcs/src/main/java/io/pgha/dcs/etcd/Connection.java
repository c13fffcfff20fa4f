package io.pgha.dcs.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection to one endpoint. It is thrown away with its first failure: a new one, to the next endpoint, starts
 * without gRPC's back-off, and breaks the watch that ran on the old one.
 */
final class Connection {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    private final URI endpoint;
    private final ManagedChannel channel;
    private final Clock clock;
    private volatile MonotonicTime lastAnswer;

    Connection(URI endpoint, ManagedChannel channel, Clock clock) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.clock = clock;
        this.lastAnswer = clock.now();
    }

    URI endpoint() {
        return endpoint;
    }

    /** When the other side last answered on this connection. */
    MonotonicTime lastAnswer() {
        return lastAnswer;
    }

    /** Something came from the other side. */
    void answered() {
        lastAnswer = clock.now();
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @throws StatusRuntimeException when there is none, or it is an error
     */
    <Q, R> R ask(MethodDescriptor<Q, R> method, Q request, Optional<String> token, SentProof proof, Duration timeout) {
        CallOptions options = CallOptions.DEFAULT
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .withStreamTracerFactory(proof);
        Metadata headers = new Metadata();
        token.ifPresent(value -> headers.put(TOKEN, value));
        R answer = ClientCalls.blockingUnaryCall(with(headers), method, options, request);
        answered();
        return answer;
    }

    /** Opens a stream; it ends by itself when etcd has no leader. Answers come on Netty's thread. */
    <Q, R> StreamObserver<Q> open(MethodDescriptor<Q, R> method, Optional<String> token, StreamObserver<R> answers) {
        Metadata headers = new Metadata();
        token.ifPresent(value -> headers.put(TOKEN, value));
        headers.put(HAS_LEADER, "true");
        return ClientCalls.asyncBidiStreamingCall(with(headers).newCall(method, CallOptions.DEFAULT), answers);
    }

    void close() {
        channel.shutdownNow();
    }

    private Channel with(Metadata headers) {
        return headers.keys().isEmpty()
                ? channel
                : ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public String toString() {
        return endpoint.getHost() + ":" + endpoint.getPort();
    }
}
