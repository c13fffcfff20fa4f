package io.pgha.agent.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** A rotated log file each generation of which gets the permissions that the operator wants. */
final class ModedLogFile extends RollingFileAppender<ILoggingEvent> {
    private final Optional<Set<PosixFilePermission>> permissions;

    ModedLogFile(Optional<Set<PosixFilePermission>> permissions) {
        this.permissions = permissions;
    }

    @Override
    public void openFile(String name) throws IOException {
        super.openFile(name);
        if (permissions.isPresent()) {
            Files.setPosixFilePermissions(Path.of(name), permissions.get());
        }
    }
}
