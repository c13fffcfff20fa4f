package io.pgha.agent.runtime;

import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.ServerStatus;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.restapi.SnapshotSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last snapshot with what PostgreSQL says now, for {@code GET /patroni}. Candidates in a leader race compare the
 * positions in it: those of the last cycle may be loop_wait old, and the one that is ahead would look as if it were
 * behind. When PostgreSQL is too slow the last snapshot says of itself that its positions are not current. However many
 * ask at a time, PostgreSQL is asked once.
 */
final class LiveStatus implements SnapshotSource {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStatus.class);
    private static final long LIMIT_MILLIS = 1000;

    private final Supplier<NodeSnapshot> published;
    private final Supplier<PostgresObservation> observe;
    private @Nullable CompletableFuture<Optional<ServerStatus>> running;

    /**
     * @param published the last snapshot
     * @param observe looks at PostgreSQL; may block, and is called on a thread of its own
     */
    LiveStatus(Supplier<NodeSnapshot> published, Supplier<PostgresObservation> observe) {
        this.published = published;
        this.observe = observe;
    }

    @Override
    public NodeSnapshot get() {
        NodeSnapshot last = published.get();
        if (last.answering().isEmpty()) {
            return last;
        }
        try {
            Optional<ServerStatus> answer = question().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            return answer.isPresent() ? last.withServer(answer) : last.withoutCurrentPositions();
        } catch (TimeoutException e) {
            return last.withoutCurrentPositions();
        } catch (ExecutionException e) {
            LOG.warn("PostgreSQL could not be asked for GET /patroni", e.getCause());
            return last.withoutCurrentPositions();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last.withoutCurrentPositions();
        }
    }

    private synchronized CompletableFuture<Optional<ServerStatus>> question() {
        CompletableFuture<Optional<ServerStatus>> present = running;
        if (present != null && !present.isDone()) {
            return present;
        }
        CompletableFuture<Optional<ServerStatus>> asked = new CompletableFuture<>();
        running = asked;
        DaemonThread.of("live-status", DaemonThread.WORK_STACK, () -> answer(asked))
                .start();
        return asked;
    }

    private void answer(CompletableFuture<Optional<ServerStatus>> asked) {
        try {
            asked.complete(observe.get().server());
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }
}
