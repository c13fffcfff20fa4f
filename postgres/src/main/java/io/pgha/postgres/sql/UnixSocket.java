package io.pgha.postgres.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket in the shape of {@link Socket}: Java has only channels for them, which know no read time-out. The
 * channel does not block; two selectors do, with the time-out.
 */
final class UnixSocket extends Socket {
    private final Path file;
    private @Nullable Wire wire;
    private volatile int timeoutMillis;
    private volatile boolean closed;

    UnixSocket(Path file) {
        this.file = file;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(file));
            channel.configureBlocking(false);
            wire = new Wire(channel, Selector.open(), Selector.open());
        } catch (IOException e) {
            channel.close();
            throw new SocketException("cannot connect to the socket " + file + ": " + e.getMessage());
        }
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    private Wire wire() throws SocketException {
        Wire connected = wire;
        if (connected == null || closed) {
            throw new SocketException("the socket " + file + " is not open");
        }
        return connected;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        Wire connected = wire();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return connected.read(ByteBuffer.wrap(target, offset, length), timeoutMillis);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        Wire connected = wire();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                connected.write(ByteBuffer.wrap(source, offset, length), timeoutMillis);
            }
        };
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {
        timeoutMillis = timeout;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public boolean isConnected() {
        return wire != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (wire != null) {
            wire.close();
        }
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public int getSendBufferSize() {
        return 8192;
    }

    @Override
    public int getReceiveBufferSize() {
        return 8192;
    }

    /** The open connection: one selector for each direction, as a reader and a writer may wait at once. */
    private record Wire(SocketChannel channel, Selector readable, Selector writable) {
        Wire {
            try {
                channel.register(readable, SelectionKey.OP_READ);
                channel.register(writable, SelectionKey.OP_WRITE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        int read(ByteBuffer target, int timeoutMillis) throws IOException {
            int read = channel.read(target);
            while (read == 0 && target.hasRemaining()) {
                await(readable, timeoutMillis, "read");
                read = channel.read(target);
            }
            return read;
        }

        void write(ByteBuffer source, int timeoutMillis) throws IOException {
            while (source.hasRemaining()) {
                if (channel.write(source) == 0) {
                    await(writable, timeoutMillis, "write");
                }
            }
        }

        private static void await(Selector selector, int timeoutMillis, String what) throws IOException {
            int ready = selector.select(timeoutMillis);
            selector.selectedKeys().clear();
            if (ready == 0 && (timeoutMillis > 0 || Thread.currentThread().isInterrupted())) {
                throw new SocketTimeoutException(what + " timed out");
            }
        }

        void close() throws IOException {
            readable.close();
            writable.close();
            channel.close();
        }
    }
}
