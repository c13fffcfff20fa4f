package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.DcsWorld;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong with a real etcd: killed, frozen, absent, with passwords. */
@Tag("real")
@SuppressWarnings("resource") // The world closes what it opened.
class EtcdTroubleTest {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private EtcdProcess etcd;
    private EtcdWorld world;

    @BeforeEach
    void start() {
        assumeTrue(EtcdProcess.isInstalled(), "etcd is not installed");
        etcd = EtcdProcess.start();
        world = new EtcdWorld(etcd);
    }

    @AfterEach
    void stop() {
        world.close();
        etcd.close();
    }

    @Test
    void anEtcdThatIsKilledFailsCallsInTimeAndIsFoundAgain() {
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        a.watch(change -> {});
        world.await("the watch stands", () -> a.watched().isPresent());
        etcd.kill();
        world.await("the watch is known to be broken", () -> a.watched().isEmpty());
        assertThat(inTime(a::renewLock)).isInstanceOfAny(DcsOutcome.Unavailable.class, DcsOutcome.Unknown.class);
        assertThat(inTime(a::read)).isInstanceOf(DcsOutcome.Unavailable.class);
        etcd.restart();
        assertThat(inTime(a::renewLock)).isInstanceOf(DcsOutcome.Done.class);
        world.await(
                "the watch stands again",
                () -> a.watched().filter(view -> view.isLedBy("a")).isPresent());
    }

    @Test
    void aRestartWithinTheBudgetGoesUnnoticed() {
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        a.timing(DcsWorld.TTL, Duration.ofSeconds(15));
        etcd.kill();
        Thread restart = new Thread(etcd::restart);
        restart.start();
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        world.await("the restart is over", () -> !restart.isAlive());
    }

    @Test
    void aFrozenEtcdLeavesCallsUnknownInTime() {
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        etcd.freeze();
        try {
            assertThat(inTime(a::renewLock)).isInstanceOf(DcsOutcome.Unknown.class);
        } finally {
            etcd.thaw();
        }
        assertThat(inTime(a::renewLock)).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aFrozenEtcdLeavesACompareAndSetUnknown() {
        Dcs a = world.open("a");
        assertThat(a.read()).isInstanceOf(DcsOutcome.Done.class);
        etcd.freeze();
        try {
            assertThat(inTime(() -> a.writeConfig(Map.of("ttl", 30), OptionalLong.of(0))))
                    .isInstanceOf(DcsOutcome.Unknown.class);
        } finally {
            etcd.thaw();
        }
    }

    @Test
    void anEtcdThatWasNeverThereIsUnavailable() {
        URI nobody = URI.create("http://127.0.0.1:" + EtcdProcess.freePort());
        Dcs a = world.open(world.settings("a", List.of(nobody), Optional.empty(), EtcdTls.NONE));
        assertThat(inTime(() -> a.acquireLock())).isInstanceOf(DcsOutcome.Unavailable.class);
    }

    @Test
    void neitherAClosedClientNorAnInterruptedThreadWaits() {
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        long start = System.nanoTime();
        Thread.currentThread().interrupt();
        // Done only if the answer was there before anybody had to wait for it.
        assertThat(a.renewLock())
                .isInstanceOfAny(DcsOutcome.Done.class, DcsOutcome.Unknown.class, DcsOutcome.Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        a.close();
        assertThat(a.renewLock().isDone()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DcsWorld.RETRY_TIMEOUT);
    }

    @Test
    void aDeadEndpointIsPassedOver() {
        URI nobody = URI.create("http://127.0.0.1:" + EtcdProcess.freePort());
        Dcs a = world.open(world.settings("a", List.of(nobody, etcd.url()), Optional.empty(), EtcdTls.NONE));
        long start = System.nanoTime();
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aNameIsResolved() {
        URI byName = URI.create("http://localhost:" + etcd.port());
        Dcs a = world.open(world.settings("a", List.of(byName), Optional.empty(), EtcdTls.NONE));
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aNameThatDoesNotResolveIsUnavailable() {
        URI unknown = URI.create("http://nobody.invalid:2379");
        Dcs a = world.open(world.settings("a", List.of(unknown), Optional.empty(), EtcdTls.NONE));
        assertThat(inTime(a::read)).isInstanceOf(DcsOutcome.Unavailable.class);
    }

    @Test
    void aWrongPasswordIsDeniedAndARightOneIsNot() {
        enableAuthentication();
        assertThat(login("root", "wrong").read()).isInstanceOf(DcsOutcome.Denied.class);
        assertThat(login("root", "wrong").acquireLock().reason()).doesNotContain("wrong");
        assertThat(world.open("a").read()).isInstanceOf(DcsOutcome.Denied.class);
        Dcs a = login("root", "secret");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        a.watch(change -> {});
        world.await("the watch stands", () -> a.watched().isPresent());
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        etcd.ctl("--user=root:secret", "auth", "disable");
    }

    @Test
    void aTokenThatIsForgottenIsFetchedAnew() {
        enableAuthentication();
        Dcs a = login("root", "secret");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        etcd.kill();
        etcd.restart();
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        etcd.ctl("--user=root:secret", "auth", "disable");
    }

    @Test
    void credentialsForAnEtcdWithoutAuthenticationDoNoHarm() {
        assertThat(login("root", "secret").acquireLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    private Dcs login(String user, String password) {
        return world.open(
                world.settings("a", List.of(etcd.url()), Optional.of(new EtcdLogin(user, password)), EtcdTls.NONE));
    }

    private void enableAuthentication() {
        etcd.ctl("user", "add", "root:secret");
        etcd.ctl("user", "grant-role", "root", "root");
        etcd.ctl("auth", "enable");
    }

    private static <T> T inTime(Supplier<T> call) {
        long start = System.nanoTime();
        T result = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DcsWorld.RETRY_TIMEOUT.plus(GRACE));
        return result;
    }
}
