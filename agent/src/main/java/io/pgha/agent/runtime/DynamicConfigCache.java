package io.pgha.agent.runtime;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last dynamic configuration, kept in {@code <data_dir>/patroni.dynamic.json} for a start without the DCS (facts §2.1). The
 * name is Patroni's, so that a node that changes over finds it.
 */
final class DynamicConfigCache {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicConfigCache.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_SIZE = 16L * 1024 * 1024;

    private final Path dataDir;
    private final Path file;
    private Optional<Map<String, Object>> written = Optional.empty();
    private boolean complained;

    DynamicConfigCache(Path dataDir) {
        this.dataDir = dataDir;
        this.file = dataDir.resolve("patroni.dynamic.json");
    }

    /** What was kept; empty when there is nothing that makes sense. */
    Optional<Map<String, Object>> read() {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_SIZE) {
                return Optional.empty();
            }
            Map<String, Object> content = JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
            written = Optional.ofNullable(content);
            return written;
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is left out: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps it, unless it is the same as before or there is no data directory yet. Trouble is logged once. */
    void write(Map<String, Object> config) {
        boolean place = Files.isRegularFile(dataDir.resolve("PG_VERSION"));
        if (!place || (written.filter(config::equals).isPresent() && Files.exists(file, LinkOption.NOFOLLOW_LINKS))) {
            return;
        }
        try {
            Path next = Files.createTempFile(
                    dataDir,
                    "patroni.dynamic.json",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(next, JSON.writeValueAsBytes(config));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
            written = Optional.of(config);
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.warn("{} cannot be written: {}", file, e.toString());
            }
        }
    }
}
