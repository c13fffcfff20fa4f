package io.pgha.agent.inbox;

import io.pgha.postgres.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An order under way: who posted it waits for its stages, and the loop or its Job announces them.
 *
 * @param <T> the order
 */
public final class Ticket<T> {
    private final T order;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    private final CompletableFuture<Result> done = new CompletableFuture<>();

    Ticket(T order) {
        this.order = order;
    }

    public T order() {
        return order;
    }

    /** The work begins: it cannot be withdrawn any more. */
    void begin() {
        begun.complete(true);
    }

    /** PostgreSQL has stopped, and is to start again now. */
    public void stopped() {
        stopped.complete(true);
    }

    /** The end, good or bad; the first one counts. */
    public void finish(Result result) {
        done.complete(result);
        stopped.complete(true);
        begun.complete(true);
    }

    /** Waits until the work has begun, or is over. */
    public boolean awaitBegin(Duration longest) throws InterruptedException {
        return await(begun, longest).isPresent();
    }

    /** Waits until PostgreSQL has stopped, or the work is over. */
    public boolean awaitStop(Duration longest) throws InterruptedException {
        return await(stopped, longest).isPresent();
    }

    /** Waits for the end. */
    public Optional<Result> awaitEnd(Duration longest) throws InterruptedException {
        return await(done, longest);
    }

    private static <V> Optional<V> await(CompletableFuture<V> stage, Duration longest) throws InterruptedException {
        try {
            return Optional.of(stage.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes a stage with an exception", e);
        }
    }
}
