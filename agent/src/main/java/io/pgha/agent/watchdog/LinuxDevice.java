package io.pgha.agent.watchdog;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A device of Linux's watchdog API (Documentation/watchdog/watchdog-api). */
public final class LinuxDevice implements Device {
    private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
    private static final long GET_SUPPORT = 0x80285700L;
    private static final long SET_TIMEOUT = 0xC0045706L;
    private static final long GET_TIMEOUT = 0x80045707L;
    private static final int INFO_BYTES = 40;
    private static final int CAN_SET_TIMEOUT = 0x0080;
    private static final int CAN_MAGIC_CLOSE = 0x0100;

    private final LibC libc;
    private final int descriptor;
    private final int options;

    /** The functions needed. */
    interface LibC extends Library {
        int open(String path, int flags) throws LastErrorException;

        int ioctl(int descriptor, NativeLong request, Pointer argument) throws LastErrorException;

        NativeLong write(int descriptor, byte[] bytes, NativeLong length) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    private LinuxDevice(LibC libc, int descriptor, int options) {
        this.libc = libc;
        this.descriptor = descriptor;
        this.options = options;
    }

    /** Opens one; from then on the machine is watched. */
    public static Device open(String path) throws IOException {
        if (Files.isRegularFile(Path.of(path))) {
            throw new IOException(path + " is a file and no device");
        }
        try {
            LibC libc = Native.load("c", LibC.class);
            int descriptor = libc.open(path, O_WRONLY_CLOEXEC);
            return new LinuxDevice(libc, descriptor, support(libc, descriptor));
        } catch (LastErrorException | LinkageError e) {
            throw new IOException(path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static int support(LibC libc, int descriptor) {
        try (Memory info = new Memory(INFO_BYTES)) {
            info.clear();
            libc.ioctl(descriptor, new NativeLong(GET_SUPPORT), info);
            return info.getInt(0);
        } catch (LastErrorException e) {
            return 0; // a device that cannot even say what it can has a timeout of its own
        }
    }

    @Override
    public Duration timeout(Duration wanted) throws IOException {
        try {
            if ((options & CAN_SET_TIMEOUT) != 0) {
                IntByReference seconds = new IntByReference((int) wanted.toSeconds());
                libc.ioctl(descriptor, new NativeLong(SET_TIMEOUT), seconds.getPointer());
            }
            IntByReference actual = new IntByReference();
            libc.ioctl(descriptor, new NativeLong(GET_TIMEOUT), actual.getPointer());
            return Duration.ofSeconds(actual.getValue());
        } catch (LastErrorException e) {
            throw new IOException("the timeout of the watchdog device cannot be set: " + e.getMessage(), e);
        }
    }

    @Override
    public void ping() throws IOException {
        write("1");
    }

    @Override
    public boolean disarm() throws IOException {
        boolean can = (options & CAN_MAGIC_CLOSE) != 0;
        Optional<IOException> unwritten = Optional.empty();
        try {
            write(can ? "V" : "1");
        } catch (IOException e) {
            unwritten = Optional.of(e);
        }
        try {
            libc.close(descriptor);
        } catch (LastErrorException e) {
            throw new IOException("the watchdog device cannot be closed: " + e.getMessage(), e);
        }
        if (unwritten.isPresent()) {
            throw unwritten.get();
        }
        return can;
    }

    private void write(String text) throws IOException {
        try {
            libc.write(descriptor, new byte[] {(byte) text.charAt(0)}, new NativeLong(1));
        } catch (LastErrorException e) {
            throw new IOException("the watchdog device cannot be written: " + e.getMessage(), e);
        }
    }
}
