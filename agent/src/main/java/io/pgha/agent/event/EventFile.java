package io.pgha.agent.event;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.event.Event;
import io.pgha.core.event.EventFields;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events in a file, one JSON object a line, the last line of a number being the valid one. When the file is full it becomes the
 * older one, {@code FILE.1}, in place of the one before it. Only its owner may read it.
 *
 * <p>It is written by a thread of its own: a disk that stands still holds up nobody, and what does not fit into the queue
 * meanwhile is lost.
 */
public final class EventFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUEUE = 256;
    private static final long CLOSING_MILLIS = 1000;

    private final Path file;
    private final long largest;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private volatile boolean closing;
    private boolean complained;

    /**
     * Opens one; nothing is touched before the first event.
     *
     * @param file where; its folder exists
     * @param largest bytes at which it becomes the older one
     */
    public EventFile(Path file, long largest) {
        this.file = file;
        this.largest = largest;
        this.writer = new Thread(this::write, "events");
        writer.setDaemon(true);
        writer.start();
    }

    /** Has an event written, some time. Of one that repeats, every second, fourth, eighth … time. Any thread. */
    public void write(Event event) {
        boolean seldom = Long.bitCount(event.times()) == 1;
        if (seldom && !queue.offer(event)) {
            LOG.debug("the event file {} cannot keep up: event {} is not in it", file, event.number());
        }
    }

    /** What an earlier agent wrote, oldest first, the newest thousand at most. */
    public Collection<Event> read() {
        TreeMap<Long, Event> byNumber = new TreeMap<>();
        for (Path one : List.of(older(), file)) {
            lines(one).forEach(line -> parse(line).ifPresent(event -> byNumber.put(event.number(), event)));
        }
        List<Event> all = new ArrayList<>(byNumber.values());
        return all.subList(Math.max(0, all.size() - EventLog.MOST), all.size());
    }

    private List<String> lines(Path path) {
        try {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > 2 * largest) {
                return List.of();
            }
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            LOG.warn("the event file {} cannot be read and is left out: {}", path, e.toString());
            return List.of();
        }
    }

    private static Optional<Event> parse(String line) {
        try {
            return EventFields.read(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            // The agent was killed while it wrote this line, or it is not ours.
            return Optional.empty();
        }
    }

    private Path older() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    private void write() {
        try {
            while (!closing || !queue.isEmpty()) {
                Event event = queue.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS);
                if (event != null) {
                    append(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(Event event) {
        try {
            byte[] line = (JSON.writeValueAsString(EventFields.of(event)) + "\n").getBytes(StandardCharsets.UTF_8);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) + line.length > largest) {
                Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            // A link that somebody put there is not followed: the folder need not be ours alone.
            try (SeekableByteChannel out = Files.newByteChannel(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.warn("the event file {} cannot be written: {}; events are kept in memory only", file, e.toString());
            }
        }
    }

    /** Writes what is in the queue, for a second at most. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
