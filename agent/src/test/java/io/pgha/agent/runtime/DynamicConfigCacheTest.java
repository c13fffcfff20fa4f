package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicConfigCacheTest {
    @TempDir
    private Path dataDir;

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        Files.writeString(dataDir.resolve("PG_VERSION"), "15");
        Map<String, Object> config = Map.of("ttl", 30, "postgresql", Map.of("use_slots", true));
        new DynamicConfigCache(dataDir).write(config);
        assertThat(new DynamicConfigCache(dataDir).read()).contains(config);
        Path file = dataDir.resolve("patroni.dynamic.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(dataDir)) {
            assertThat(files.toList()).hasSize(2);
        }
    }

    @Test
    void anEmptyDataDirectoryStaysEmpty() throws IOException {
        new DynamicConfigCache(dataDir).write(Map.of("ttl", 30));
        try (var files = Files.list(dataDir)) {
            assertThat(files.toList()).isEmpty();
        }
    }

    @Test
    void nonsenseIsLeftOut() throws IOException {
        for (String content : List.of("", "[1]", "{", "null")) {
            Files.writeString(dataDir.resolve("patroni.dynamic.json"), content);
            assertThat(new DynamicConfigCache(dataDir).read()).as(content).isEmpty();
        }
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(dataDir.resolve("elsewhere"), "{\"ttl\":1}");
        Files.createSymbolicLink(dataDir.resolve("patroni.dynamic.json"), elsewhere);
        assertThat(new DynamicConfigCache(dataDir).read()).isEmpty();
        Files.writeString(dataDir.resolve("PG_VERSION"), "15");
        new DynamicConfigCache(dataDir).write(Map.of("ttl", 30));
        assertThat(elsewhere).hasContent("{\"ttl\":1}");
    }
}
