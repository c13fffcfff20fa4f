package io.pgha.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, found without asking any name server. */
final class HostName {
    private static final Path FILE = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String local() {
        try {
            return Files.readString(FILE).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
