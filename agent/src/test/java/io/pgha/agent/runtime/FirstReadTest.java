package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterView;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.memory.CallFate;
import io.pgha.dcs.memory.InMemoryDcs;
import io.pgha.dcs.memory.MemoryStore;
import io.pgha.dcs.wire.KeyLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstReadTest {
    private final Deque<CallFate> fates = new ArrayDeque<>();
    private CallFate otherwise = CallFate.PASS;
    private final List<String> told = new ArrayList<>();
    private final ThreadDoorbell doorbell = new ThreadDoorbell();
    private final Ending ending = new Ending(doorbell);

    @Test
    void itWaitsUntilTheDcsAnswersAndSaysSo() throws InterruptedException {
        fates.add(CallFate.UNREACHABLE);
        doorbell.ring(); // so that the pause is none
        DcsOutcome<ClusterView> outcome = read();
        assertThat(outcome.isDone()).isTrue();
    }

    @Test
    void aDenialEndsTheWaiting() throws InterruptedException {
        fates.add(CallFate.DENIED);
        assertThat(read()).isInstanceOf(DcsOutcome.Denied.class);
    }

    @Test
    void anOrderToEndEndsTheWaiting() throws InterruptedException {
        otherwise = CallFate.UNREACHABLE;
        ending.ask(Ending.Kind.SHUT_DOWN);
        assertThat(read().isDone()).isFalse();
        assertThat(ending.kind()).isEqualTo(Ending.Kind.SHUT_DOWN);
    }

    private DcsOutcome<ClusterView> read() throws InterruptedException {
        SystemClock clock = new SystemClock();
        MemoryStore store = new MemoryStore(clock, (delay, task) -> {});
        InMemoryDcs dcs = new InMemoryDcs(
                store,
                KeyLayout.of("service", "demo"),
                "pg0",
                clock,
                pause -> {},
                call -> Optional.ofNullable(fates.poll()).orElse(otherwise),
                Duration.ofSeconds(30),
                Duration.ofMillis(50));
        SdNotify notify =
                new SdNotify(Optional.of(message -> told.add(new String(message, StandardCharsets.UTF_8))), false);
        return new FirstRead(dcs, doorbell, ending, notify, "http://127.0.0.1:2379").await();
    }
}
