package io.pgha.agent.watchdog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A stand-in for tests ({@code driver: testing}): writes a line for each thing that a device would be told into a file or FIFO, for
 * somebody who plays the device: {@code timeout 25}, {@code ping}, and {@code V} at a disarming.
 */
public final class TestingDevice implements Device {
    private final RandomAccessFile file;

    private TestingDevice(RandomAccessFile file) {
        this.file = file;
    }

    /** Opens a file or FIFO that exists. For reading, too: so opening a FIFO does not wait for a reader. */
    public static Device open(String path) throws IOException {
        if (!new java.io.File(path).exists()) {
            throw new IOException(path + " does not exist");
        }
        return new TestingDevice(new RandomAccessFile(path, "rw"));
    }

    @Override
    public Duration timeout(Duration wanted) throws IOException {
        line("timeout " + wanted.toSeconds());
        return wanted;
    }

    @Override
    public void ping() throws IOException {
        line("ping");
    }

    @Override
    public boolean disarm() throws IOException {
        try (file) {
            line("V");
        }
        return true;
    }

    private void line(String text) throws IOException {
        long end = file.length();
        if (end > 0) {
            file.seek(end);
        }
        file.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
