package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.dcs.Dcs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three members fight for the lock while etcd is frozen, killed and started again. Whoever believes to hold it, until a
 * ttl after it began to ask, is the only one (reliability.md, S2).
 */
@Tag("real")
class EtcdMutualExclusionTest {
    private static final Duration TTL = Duration.ofSeconds(2);
    private static final Duration LENGTH = Duration.ofSeconds(25);

    private final List<Reign> reigns = new ArrayList<>();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noTwoMembersBelieveInTheLockAtOnce() throws InterruptedException {
        assumeTrue(EtcdProcess.isInstalled(), "etcd is not installed");
        try (EtcdProcess etcd = EtcdProcess.start();
                EtcdWorld world = new EtcdWorld(etcd)) {
            List<Thread> members =
                    List.of(member(world, etcd, "a", 1), member(world, etcd, "b", 2), member(world, etcd, "c", 3));
            members.forEach(Thread::start);
            trouble(etcd, new Random(7), System.nanoTime() + LENGTH.toNanos());
            over.set(true);
            for (Thread member : members) {
                member.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(member.isAlive()).isFalse();
            }
        }
        assertThat(renewals.get()).isGreaterThan(50);
        assertThat(reigns.stream().map(Reign::holder).distinct().count()).isGreaterThan(1);
        for (Reign one : reigns) {
            for (Reign other : reigns) {
                assertThat(one.collidesWith(other)).as(one + " and " + other).isFalse();
            }
        }
    }

    /** Acquires, renews a few times, then releases or just falls silent, and begins again. */
    private Thread member(EtcdWorld world, EtcdProcess etcd, String name, long seed) {
        Dcs dcs = world.open(new EtcdSettings(
                EtcdEndpoints.of(List.of(etcd.url())),
                Optional.empty(),
                EtcdTls.NONE,
                world.keys(),
                name,
                TTL,
                Duration.ofSeconds(1)));
        Random random = new Random(seed);
        return new Thread(() -> {
            while (!over.get()) {
                long asked = System.nanoTime();
                if (dcs.acquireLock().isDone()) {
                    reign(dcs, name, asked, random);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(50)));
            }
        });
    }

    private void reign(Dcs dcs, String name, long acquired, Random random) {
        // From the answer on, and until a ttl after the question.
        Reign reign = new Reign(name, System.nanoTime(), acquired + TTL.toNanos());
        int rounds = 3 + random.nextInt(30);
        while (!over.get() && rounds-- > 0 && System.nanoTime() < reign.end()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            assertThat(dcs.read()).isNotNull();
            long asked = System.nanoTime();
            if (dcs.renewLock().isDone() && System.nanoTime() < reign.end()) {
                reign = new Reign(name, reign.begin(), asked + TTL.toNanos());
                renewals.incrementAndGet();
            }
        }
        if (random.nextBoolean()) {
            // Stops before it gives the lock away.
            Reign stopped = new Reign(name, reign.begin(), Math.min(System.nanoTime(), reign.end()));
            if (dcs.releaseLock(Optional.empty()).isDone()) {
                reign = stopped;
            }
        }
        synchronized (reigns) {
            reigns.add(reign);
        }
        long end = reign.end();
        while (!over.get() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void trouble(EtcdProcess etcd, Random random, long until) {
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(2500)));
            if (random.nextBoolean()) {
                etcd.freeze();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(3000)));
                etcd.thaw();
            } else {
                etcd.kill();
                etcd.restart();
            }
        }
    }

    private record Reign(String holder, long begin, long end) {
        boolean collidesWith(Reign other) {
            return !holder.equals(other.holder) && begin < other.end && other.begin < end;
        }
    }
}
