package io.pgha.agent.runtime;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An AF_UNIX datagram socket, which Java does not have. Opened at the first message, never waits. */
final class DatagramSocket implements SdNotify.Socket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    private static final int PATH_MAX = 107;

    private final byte[] address;
    private @Nullable LibC libc;
    private int descriptor = -1;

    /** The functions needed. */
    interface LibC extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        long sendto(int descriptor, byte[] message, long length, int flags, byte[] address, int addressLength)
                throws LastErrorException;
    }

    /** @param name a path, or {@code @name} for the abstract namespace */
    DatagramSocket(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length > PATH_MAX) {
            path = Arrays.copyOf(path, PATH_MAX);
        }
        boolean isAbstract = path[0] == '@';
        if (isAbstract) {
            path[0] = 0;
        }
        address = ByteBuffer.allocate(2 + path.length + (isAbstract ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(path)
                .array();
    }

    @Override
    public void send(byte[] message) {
        try {
            if (libc == null) {
                libc = Native.load("c", LibC.class);
            }
            if (descriptor < 0) {
                descriptor = libc.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            }
            libc.sendto(descriptor, message, message.length, MSG_DONTWAIT_NOSIGNAL, address, address.length);
        } catch (LastErrorException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
