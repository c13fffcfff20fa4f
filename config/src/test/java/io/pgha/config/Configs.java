package io.pgha.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Configurations for tests: the real files among the test resources, and small ones made on the spot. */
final class Configs {

    static final String MINIMAL = """
            scope: main
            name: a
            etcd3: {host: 127.0.0.1}
            restapi: {listen: 127.0.0.1:8008}
            postgresql:
              listen: 127.0.0.1:5432
              data_dir: /srv/data
              authentication:
                superuser: {username: postgres, password: super-secret}
                replication: {username: replicator, password: rep-secret}
            """;

    private Configs() {}

    static Path resource(String name) {
        return Path.of("src/test/resources/configs", name);
    }

    static ConfigResult loadResource(String name) {
        return ConfigLoader.load(resource(name), Map.of());
    }

    /** Loads the text as a file that only its owner may read. */
    static ConfigResult load(Path directory, String yaml) {
        return ConfigLoader.load(write(directory.resolve("pgha.yml"), yaml), Map.of());
    }

    static Path write(Path file, String text) {
        try {
            Files.writeString(file, text);
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
