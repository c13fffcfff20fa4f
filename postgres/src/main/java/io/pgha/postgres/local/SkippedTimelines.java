package io.pgha.postgres.local;

import io.pgha.core.model.Timeline;
import io.pgha.postgres.Result;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Makes PostgreSQL skip timeline numbers (ADR 0008). At a promotion it takes the first number of which there is no
 * history file ({@code findNewestTimeLine} looks only whether they exist), so that an empty one is enough. Real ones are
 * never touched; empty ones are never archived, as nothing marks them ready.
 */
final class SkippedTimelines {
    private static final int MOST = 1000;

    private final Instance instance;

    SkippedTimelines(Instance instance) {
        this.instance = instance;
    }

    /**
     * Skips.
     *
     * @param own the standby's timeline: what is not above it is history, and left alone
     * @param upTo the last number to skip
     */
    Result skip(Timeline own, Timeline upTo) {
        if (!own.isKnown()) {
            return new Result.Failed("the timeline of the standby is not known, so that its next one cannot be chosen");
        }
        if (upTo.number() - own.number() > MOST) {
            return new Result.Failed("timeline " + upTo + " was claimed, this server is on " + own
                    + ": too far apart to be true; check the key pgha/timeline in the DCS");
        }
        try {
            for (int number = own.number() + 1; number <= upTo.number(); number++) {
                leave(instance.dataDir().resolve("pg_wal").resolve(String.format(Locale.ROOT, "%08X.history", number)));
            }
            return new Result.Succeeded("timelines up to " + upTo + " are skipped");
        } catch (IOException e) {
            return new Result.Failed("timeline numbers up to " + upTo + " cannot be skipped: " + e.getMessage());
        }
    }

    private void leave(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            instance.account.handOver(file);
        } catch (FileAlreadyExistsException e) {
            // The number is taken already, by a real history or by an earlier attempt.
            return;
        }
    }
}
