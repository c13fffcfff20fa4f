package io.pgha.postgres.local;

import io.pgha.postgres.Result;
import io.pgha.postgres.copy.Aside;
import io.pgha.postgres.copy.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes place for a new data directory: nothing is removed that an unfinished attempt of ours did not put there. */
final class Place {
    private static final Logger log = LoggerFactory.getLogger(Place.class);

    private final Instance instance;

    Place(Instance instance) {
        this.instance = instance;
    }

    /**
     * Makes sure that the directory is empty and marks what comes as unfinished.
     *
     * @throws IOException with a message for an operator
     */
    void prepare() throws IOException {
        Path directory = instance.dataDir();
        if (instance.postmasterRuns()) {
            throw new IOException("PostgreSQL runs in " + directory);
        }
        DataFolder.Finding finding = instance.dataFolder.inspect();
        if (!finding.kind().takesCopy()) {
            throw new IOException(finding.complaint().orElse("the data directory " + directory + " is not empty"));
        }
        if (instance.dataFolder.isHalfRewound() && Files.isDirectory(directory)) {
            Path aside = new Aside(instance.account).byTime(directory);
            log.warn("a rewind was broken off: the data directory is now {}", aside);
            instance.dataFolder.completeRewind();
        } else if (instance.dataFolder.isUnfinished()) {
            log.warn("removing what an unfinished attempt left in {}", directory);
            Removal.clear(directory);
        }
        instance.dataFolder.begin();
    }

    /** What was made is complete. */
    void complete() throws IOException {
        instance.dataFolder.complete();
    }

    /** Takes away what a failed attempt left; call it only after {@link #prepare}. */
    void clear() {
        try {
            Removal.clear(instance.dataDir());
            instance.dataFolder.complete();
        } catch (IOException e) {
            log.error("what is left in {} cannot be removed: {}", instance.dataDir(), e.getMessage());
        }
    }

    Result setAside(boolean remove) {
        Path directory = instance.dataDir();
        if (instance.postmasterRuns()) {
            return new Result.Failed("PostgreSQL runs in " + directory + ": stop it first");
        }
        try {
            if (!Files.isDirectory(directory)) {
                return new Result.Succeeded("there is no data directory");
            }
            if (remove) {
                instance.dataFolder.begin();
                Removal.clear(directory);
                instance.dataFolder.complete();
                instance.dataFolder.completeRewind();
                return new Result.Succeeded("the data directory " + directory + " is removed");
            }
            Path aside = new Aside(instance.account).byTime(directory);
            instance.dataFolder.complete();
            instance.dataFolder.completeRewind();
            return new Result.Succeeded("the data directory is now " + aside);
        } catch (IOException e) {
            return new Result.Failed("the data directory " + directory + " cannot be "
                    + (remove
                            ? "removed"
                            : "renamed (is it a mount point?): empty it yourself, or allow"
                                    + " remove_data_directory_on_diverged_timelines and"
                                    + " remove_data_directory_on_rewind_failure")
                    + ": " + e);
        }
    }

    /** Renames what a failed bootstrap made to {@code <dir>.failed}. */
    Result fail() {
        try {
            if (!Files.isDirectory(instance.dataDir())) {
                instance.dataFolder.complete();
                return new Result.Succeeded("there is no data directory");
            }
            Path aside = new Aside(instance.account).rename(instance.dataDir(), "failed");
            instance.dataFolder.complete();
            return new Result.Succeeded("the data directory of the failed bootstrap is now " + aside);
        } catch (IOException e) {
            return new Result.Failed("the data directory of the failed bootstrap cannot be renamed: " + e);
        }
    }
}
