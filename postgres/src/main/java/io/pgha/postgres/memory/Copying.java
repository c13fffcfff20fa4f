package io.pgha.postgres.memory;

import io.pgha.core.model.Upstream;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** pg_basebackup and pg_rewind. */
final class Copying {
    /** Lets the time of a step pass. */
    @FunctionalInterface
    interface Work {
        /**
         * The answer is what went wrong, if anything did.
         *
         * @param late how much longer each piece of it takes this time
         */
        Optional<Result> run(Step step, JobControl control, Supplier<Duration> late);
    }

    private final MemoryServer server;
    private final Work work;

    Copying(MemoryServer server, Work work) {
        this.server = server;
        this.work = work;
    }

    private static Duration onTime() {
        return Duration.ZERO;
    }

    private Supplier<Duration> over(Upstream from) {
        return () -> server.network().delayOfAnswer(server, from);
    }

    Result baseBackup(CloneRequest request, JobControl control) {
        if (request.source().isEmpty()) {
            return restore(control);
        }
        Upstream from = request.source().get();
        if (server.network().connect(server, from).isEmpty()) {
            work.run(Step.SQL, control, Copying::onTime);
            return new Result.Failed("cannot connect to " + from.name());
        }
        server.say("is being copied from " + from.name());
        Optional<Result> broken = work.run(Step.BASEBACKUP, control, over(from));
        if (broken.isPresent()) {
            return broken.get();
        }
        Optional<MemoryServer> source = server.network().connect(server, from);
        if (source.isEmpty()) {
            return new Result.Failed("lost the connection to " + from.name());
        }
        server.replaceFolder(source.get().data().backup());
        server.network().archive(source.get().data().backup());
        server.say("is copied from " + from.name() + ": " + server.data());
        return new Result.Succeeded("copied from " + from.name());
    }

    /** A method that needs no source takes the last backup from the archive. */
    private Result restore(JobControl control) {
        Optional<DataFolder> backup = server.network().archived();
        if (backup.isEmpty()) {
            work.run(Step.SQL, control, Copying::onTime);
            return new Result.Failed("there is no backup yet");
        }
        Optional<Result> broken = work.run(Step.BASEBACKUP, control, Copying::onTime);
        if (broken.isPresent()) {
            return broken.get();
        }
        server.replaceFolder(backup.get().backup());
        server.say("is restored from a backup: " + server.data());
        return new Result.Succeeded("restored from a backup");
    }

    /**
     * A rewind that is interrupted, or loses its source, leaves a half rewound directory; one that fails by itself has only
     * read.
     */
    Result rewind(Upstream from, JobControl control) {
        if (server.runs()) {
            return new Result.Failed("a postmaster runs");
        }
        if (server.folder().filter(DataFolder::isUsable).isEmpty()) {
            return new Result.Failed("there is no data directory, or a half rewound one");
        }
        Optional<MemoryServer> source = server.network().connect(server, from);
        if (source.isEmpty() || source.get().inRecovery()) {
            work.run(Step.CONNECT, control, Copying::onTime);
            return new Result.TimedOut(from.name() + " does not answer as a primary");
        }
        if (source.get().data().checkpointTimeline.number()
                < source.get().data().branch.timeline().number()) {
            work.run(Step.CONNECT, control, Copying::onTime);
            return new Result.TimedOut(from.name() + " has not finished its first checkpoint");
        }
        server.data().damage = Optional.of("a rewind was interrupted");
        Optional<Result> broken = work.run(Step.REWIND, control, over(from));
        if (broken.isPresent()) {
            if (broken.get() instanceof Result.Failed && server.folder().isPresent()) {
                server.data().damage = Optional.empty();
            }
            return broken.get();
        }
        source = server.network().connect(server, from).filter(other -> !other.inRecovery());
        if (source.isEmpty()) {
            return new Result.Failed("lost the connection to " + from.name());
        }
        if (server.runs() || server.folder().isEmpty()) {
            return new Result.Failed("the data directory is not free");
        }
        server.data().damage = Optional.empty();
        boolean changed = TimelineCheck.rewind(server, source.get());
        server.say((changed ? "is rewound to " : "needs no rewind to ") + from.name() + ": " + server.data());
        return new Result.Succeeded(changed ? "rewound" : "no rewind required");
    }
}
