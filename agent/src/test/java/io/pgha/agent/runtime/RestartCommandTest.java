package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.inbox.Ticket;
import io.pgha.core.action.Action;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.postgres.Result;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.restapi.NodeSnapshotBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every status of {@code POST /restart} and {@code DELETE /restart} (facts §3.8); the loop is played. */
class RestartCommandTest {
    private final ThreadDoorbell doorbell = new ThreadDoorbell();
    private final Inbox inbox = new Inbox(doorbell);
    private final NodeSnapshotBuilder node =
            NodeSnapshot.builder("demo", "pg0").state(PostgresState.RUNNING).role(Role.REPLICA);
    private final RestartCommand command = new RestartCommand(
            inbox,
            node::build,
            () -> HaSettings.defaults("pg0", "demo").toBuilder()
                    .primaryStartTimeout(Duration.ofSeconds(20))
                    .build(),
            new SystemClock());

    private static CommandAnswer.Text text(int status, String line) {
        return new CommandAnswer.Text(status, line);
    }

    private static Map<String, Object> body(String pairs) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (String pair : pairs.split(" ", -1)) {
            String[] halves = pair.split("=", 2);
            body.put(halves[0], halves[1]);
        }
        return body;
    }

    /** What the loop does with the order that it finds. */
    private CommandAnswer restart(Map<String, Object> body, Consumer<RestartOrder> loop) throws InterruptedException {
        Thread played = new Thread(() -> {
            while (inbox.orders().restart().isEmpty()) {
                Thread.onSpinWait();
            }
            loop.accept(inbox.orders().restart().orElseThrow());
        });
        played.start();
        CommandAnswer answer = command.restart(body);
        played.join();
        return answer;
    }

    private Ticket<RestartOrder> begun(RestartOrder order) {
        Ticket<RestartOrder> ticket = inbox.takeRestart(order);
        ticket.stopped();
        return ticket;
    }

    @Test
    void aRestartIsWaitedFor() throws InterruptedException {
        assertThat(restart(Map.of(), order -> begun(order).finish(new Result.Succeeded("up"))))
                .isEqualTo(text(200, "restarted successfully"));
        assertThat(inbox.orders().restart()).isEmpty();
    }

    @Test
    void oneThatFailsSaysWhy() throws InterruptedException {
        assertThat(restart(Map.of(), order -> begun(order).finish(new Result.Failed("no room"))))
                .isEqualTo(text(503, "restart failed: no room"));
        assertThat(restart(Map.of(), order -> inbox.refuse(Action.OrderKind.RESTART, "another role")))
                .isEqualTo(text(503, "restart failed: another role"));
    }

    @Test
    void whoIsNotUpInTimeIsStillStarting() throws InterruptedException {
        assertThat(restart(Map.of("timeout", 1), this::begun)).isEqualTo(text(503, "postgres is still starting"));
        assertThat(restart(Map.of(), order -> begun(order).finish(new Result.TimedOut("slow"))))
                .isEqualTo(text(503, "postgres is still starting"));
    }

    @Test
    void nothingElseMayRun() {
        node.job(Optional.of(new JobStatus.Running(JobKind.REWIND, new MonotonicTime(1), "")));
        assertThat(command.restart(Map.of())).isEqualTo(text(503, "pg_rewind already in progress"));
        node.job(Optional.empty());
        assertThat(inbox.restart(RestartOrder.PLAIN)).isPresent();
        assertThat(command.restart(Map.of())).isEqualTo(text(503, "restart already in progress"));
    }

    @ParameterizedTest
    @CsvSource({
        "400,when=now",
        "400,role=master_of_all",
        "400,role=demoted",
        "400,postgres_version=15",
        "400,postgres_version=15.1.2",
        "400,postgres_version=9.6",
        "400,postgres_version=abc",
        "400,timeout=0",
        "400,timeout=-1",
        "400,timeout=soon",
        "400,schedule=2099-01-01T00:00",
        "422,schedule=2020-01-01T00:00+00:00",
        "422,schedule=soon",
        "503,role=primary",
        "503,restart_pending=no",
        "503,postgres_version=9.6.24",
        "202,schedule=2099-01-01T00:00+00:00",
        "202,schedule=2099-01-01T00:00+00:00 role=primary timeout=5min postgres_version=15.3",
    })
    void theChecksAnswerAsPatroniDoes(int status, String pairs) {
        assertThat(command.restart(body(pairs)).status()).isEqualTo(status);
    }

    @Test
    void oneRestartCanBeScheduledAndForgotten() {
        Map<String, Object> body = body("role=replica schedule=2099-01-01T00:00+00:00");
        assertThat(command.restart(body)).isEqualTo(text(202, "Restart scheduled"));
        assertThat(inbox.orders().scheduledRestart().orElseThrow().shown())
                .isEqualTo(Map.of("role", "replica", "schedule", "2099-01-01T00:00:00+00:00"));
        assertThat(command.restart(body).status()).isEqualTo(409);
        assertThat(command.cancel()).isEqualTo(text(200, "scheduled restart deleted"));
        assertThat(command.cancel().status()).isEqualTo(404);
    }

    @Test
    void nothingIsScheduledInPause() {
        node.paused(true);
        assertThat(command.restart(body("schedule=2099-01-01T00:00+00:00")).status())
                .isEqualTo(500);
    }
}
