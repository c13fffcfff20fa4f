package io.pgha.postgres.local;

import io.pgha.core.action.Action;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.copy.Aside;
import io.pgha.postgres.copy.FolderSize;
import io.pgha.postgres.copy.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the data directory by a new copy, so that there is never a moment without one that is whole: the old one waits
 * beside it, noted in a file, until the new one streams (reliability.md S9, 68).
 */
final class Replacement {
    private static final Logger log = LoggerFactory.getLogger(Replacement.class);
    /** What a copy needs beyond the size of the old data: WAL that comes meanwhile, and some growth. */
    private static final long RESERVE = 128L << 20;

    private final Instance instance;
    private final Place place;
    private final ReplicaCreation creation;
    private boolean lookedForRemains;

    Replacement(Instance instance, Place place, ReplicaCreation creation) {
        this.instance = instance;
        this.place = place;
        this.creation = creation;
    }

    Result replace(CloneRequest request, Action.OldData oldData, JobControl control) {
        if (instance.postmasterRuns()) {
            return new Result.Failed("PostgreSQL runs in " + instance.dataDir() + ": stop it first");
        }
        // Before anything is moved: a copy that could not be started would have been for nothing.
        Optional<String> obstacle = PortCheck.complaint(instance.settings());
        if (obstacle.isPresent()) {
            return new Result.Failed(obstacle.get() + "; the data is as it was");
        }
        Result ready = makePlace(oldData);
        if (!ready.succeeded()) {
            return ready;
        }
        Result copied = creation.create(request, control);
        return copied.succeeded() ? copied : putBack(copied);
    }

    private Result makePlace(Action.OldData oldData) {
        Path directory = instance.dataDir();
        if (instance.dataFolder.inspect().kind().takesCopy()) {
            return new Result.Succeeded("there is no data to keep");
        }
        boolean expendable = oldData == Action.OldData.EXPENDABLE;
        try {
            if (!hasRoom(directory)) {
                return expendable
                        ? place.setAside(true)
                        : new Result.Failed("there is no room for a new copy beside " + directory
                                + ", and nobody is known to have all of its data: make room, or remove it yourself");
            }
            Path aside = new Aside(instance.account).byTime(directory);
            instance.dataFolder.replacedBy(aside);
            log.info("the data directory is kept as {} until the new copy streams", aside);
            return new Result.Succeeded("the old data directory is now " + aside);
        } catch (IOException e) {
            return expendable
                    ? place.setAside(true)
                    : new Result.Failed("the data directory " + directory
                            + " cannot be renamed (is it a mount point?), and nobody is known to have all of its data: "
                            + e);
        }
    }

    private static boolean hasRoom(Path directory) throws IOException {
        Path parent = directory.toRealPath().getParent();
        long free = Files.getFileStore(parent == null ? directory : parent).getUsableSpace();
        return free > FolderSize.of(directory) + RESERVE;
    }

    private Result putBack(Result copied) {
        try {
            Optional<String> old = newest();
            if (old.isEmpty()) {
                return copied;
            }
            putBack(old.get());
            String words = "; the old data is back in its place";
            return copied instanceof Result.Cancelled ? copied : new Result.Failed(copied.message() + words);
        } catch (IOException e) {
            return new Result.Failed(copied.message() + "; the old data cannot be put back: " + e);
        }
    }

    private Optional<String> newest() throws IOException {
        List<String> all = instance.dataFolder.replaced();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private void putBack(String old) throws IOException {
        Removal.clear(instance.dataDir());
        instance.dataFolder.complete();
        new Aside(instance.account).putBack(Path.of(old), instance.dataDir());
        instance.dataFolder.forgetReplaced(old);
        log.warn("the old data is back in {}", instance.dataDir());
    }

    /** An agent that died while it made a copy left the old data aside: it is put back, once, before anything else. */
    synchronized void mendRemains() {
        if (lookedForRemains) {
            return;
        }
        lookedForRemains = true;
        try {
            Optional<String> old = newest();
            boolean brokenOff = instance.dataFolder.isUnfinished() || Files.notExists(instance.dataDir());
            if (old.isPresent() && brokenOff && !instance.postmasterRuns()) {
                log.warn("a new copy was broken off: putting the old data back");
                putBack(old.get());
            }
        } catch (IOException e) {
            log.error("a new copy was broken off, and the old data cannot be put back: {}", e.toString());
        }
    }

    /** What is kept, oldest first. */
    List<String> kept() {
        try {
            return instance.dataFolder.replaced();
        } catch (IOException e) {
            log.warn("the note of replaced data cannot be read: {}", e.toString());
            return List.of();
        }
    }

    Result discard(List<String> names) {
        try {
            List<String> noted = instance.dataFolder.replaced();
            for (String name : names) {
                Path old = Path.of(name);
                if (noted.contains(name) && Files.isDirectory(old)) {
                    Removal.clear(old);
                    Files.deleteIfExists(old);
                    log.info("the new copy streams: the old data in {} is removed", old);
                }
                instance.dataFolder.forgetReplaced(name);
            }
            return new Result.Succeeded("no replaced data is left");
        } catch (IOException e) {
            return new Result.Failed("replaced data cannot be removed: " + e);
        }
    }
}
