package io.pgha.dcs.etcd;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * Knows whether a request was handed to a live connection. Before that it was certainly not carried out, whatever the
 * error says; afterwards it may have been.
 */
final class SentProof extends ClientStreamTracer.Factory {
    private volatile boolean sent;

    boolean isSent() {
        return sent;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transportAttributes, Metadata sentHeaders) {
                sent = true;
            }
        };
    }
}
