package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An etcd of three members, of which one is in trouble. */
@Tag("real")
@SuppressWarnings("resource") // The world closes what it opened.
class EtcdClusterTest {
    private List<EtcdProcess> members = List.of();
    private EtcdWorld world;

    @BeforeEach
    void start() {
        assumeTrue(EtcdProcess.isInstalled(), "etcd is not installed");
        members = EtcdProcess.cluster(3);
        world = new EtcdWorld(members.get(2));
    }

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
        members.forEach(EtcdProcess::close);
    }

    @Test
    void membersThatAreNotConfiguredAreDiscoveredAndUsed() {
        Dcs a = open(members.get(0).url());
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        members.get(0).kill();
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(a.read()).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aFrozenMemberIsLeftForAnotherWithinOneCall() {
        Dcs a = open(members.get(0).url());
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        a.watch(change -> {});
        world.await("the watch stands", () -> a.watched().isPresent());
        members.get(0).freeze();
        try {
            assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
            world.put(world.keys().status(), "{\"optime\":7}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            world.await(
                    "the watch goes on elsewhere",
                    () -> a.watched()
                            .filter(view -> view.status().optime().bytes() == 7)
                            .isPresent());
        } finally {
            members.get(0).thaw();
        }
    }

    @Test
    void aMemberTellsWhereClientsFindTheOthers() {
        PeerMembers peers = new PeerMembers(EtcdTls.NONE);
        URI nobody = URI.create("http://127.0.0.1:" + EtcdProcess.freePort());
        assertThat(peers.clientUrls(List.of(nobody, members.get(1).peerUrl())))
                .containsExactlyInAnyOrderElementsOf(
                        members.stream().map(EtcdProcess::url).toList());
    }

    @Test
    void withoutAMajorityNothingIsDone() {
        Dcs a = open(members.get(2).url());
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        members.get(0).kill();
        members.get(1).kill();
        // A leader of etcd that has just lost its followers prolongs leases until it notices; a new one would add that
        // time
        // to every lease, so the promise holds.
        world.await("renewing is over", () -> !a.renewLock().isDone());
        assertThat(a.read().isDone()).isFalse();
        world.await("nobody vouches for the watch", () -> a.watched().isEmpty());
    }

    private Dcs open(URI configured) {
        return world.open(world.settings("a", List.of(configured), Optional.empty(), EtcdTls.NONE));
    }
}
