package io.pgha.postgres.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Keeps the last part of a stream, so that a chatty child cannot fill the heap. */
final class OutputTail {
    private static final int KEEP = 64 * 1024;

    private final InputStream stream;
    private final byte[] chunk = new byte[8 * 1024];
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte[] previous = new byte[0];

    private final Consumer<String> listener;

    OutputTail(InputStream stream) {
        this(stream, text -> {});
    }

    /** @param listener gets what comes, piece by piece */
    OutputTail(InputStream stream, Consumer<String> listener) {
        this.listener = listener;
        this.stream = stream;
    }

    /** Takes what is there; never blocks. */
    void drain() {
        try {
            for (int waiting = stream.available(); waiting > 0; waiting = stream.available()) {
                int read = stream.read(chunk, 0, Math.min(waiting, chunk.length));
                if (read < 0) {
                    return;
                }
                keep(read);
                listener.accept(new String(chunk, 0, read, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The stream is closed by the end of the child; what was read is kept.
            return;
        }
    }

    private void keep(int length) {
        kept.write(chunk, 0, length);
        if (kept.size() > KEEP) {
            previous = kept.toByteArray();
            kept = new ByteArrayOutputStream();
        }
    }

    String text() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(previous);
        whole.writeBytes(kept.toByteArray());
        return whole.toString(StandardCharsets.UTF_8);
    }
}
