package io.pgha.postgres.local;

import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import io.pgha.postgres.sql.ReplicationSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why a standby does not stream, which PostgreSQL itself tells only in its log: knocks at the upstream with
 * the standby's role, in the background and seldom. A standby that streams causes nothing.
 */
final class UpstreamProbe {
    private static final Logger log = LoggerFactory.getLogger(UpstreamProbe.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final long STACK_SIZE = 256L * 1024;

    private final Instance instance;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Optional<String> complaint = Optional.empty();
    private volatile long askedAt = System.nanoTime();

    UpstreamProbe(Instance instance) {
        this.instance = instance;
    }

    /** What keeps the standby from streaming, as far as an operator has to mend it. */
    Optional<String> complaint(ServerStatus status) {
        Optional<Upstream> upstream = instance.upstream();
        if (!status.inRecovery() || status.isStreaming() || upstream.isEmpty()) {
            complaint = Optional.empty();
            askedAt = System.nanoTime();
            return complaint;
        }
        boolean due = System.nanoTime() - askedAt > INTERVAL.toNanos();
        if (due && asking.compareAndSet(false, true)) {
            Thread knocker = new Thread(null, () -> knock(upstream.get()), "upstream-probe", STACK_SIZE);
            knocker.setDaemon(true);
            knocker.start();
        }
        return complaint;
    }

    private void knock(Upstream upstream) {
        try {
            Optional<Login> login = Logins.remote(
                    instance.settings(), upstream.connUrl(), instance.settings().replication());
            complaint = login.isPresent() ? verdict(login.get(), upstream) : Optional.empty();
        } finally {
            askedAt = System.nanoTime();
            asking.set(false);
        }
    }

    private static Optional<String> verdict(Login login, Upstream upstream) {
        try (ReplicationSession session = ReplicationSession.open(login)) {
            log.debug("{} would let this standby stream: {}", upstream.name(), session.identify());
            return Optional.empty();
        } catch (SQLException e) {
            return Refusal.of(e) == Refusal.DENIED
                    ? Optional.of(upstream.name() + " refuses the replication role (" + Refusal.words(e)
                            + "): check postgresql.authentication.replication here and pg_hba there")
                    : Optional.empty();
        }
    }
}
