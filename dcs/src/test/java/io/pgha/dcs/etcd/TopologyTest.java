package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final URI ONE = URI.create("http://10.0.0.1:2379");
    private static final URI TWO = URI.create("http://10.0.0.2:2379");

    @Test
    void aFailedEndpointMakesRoomForTheNextOnlyOnce() {
        Topology topology = topology(ONE, TWO);
        topology.failed(ONE);
        topology.failed(ONE);
        assertThat(topology.current()).contains(TWO);
        topology.failed(TWO);
        assertThat(topology.current()).contains(ONE);
    }

    @Test
    void hostileAdvertisementsAreNotFollowed() {
        Topology topology = topology(ONE);
        topology.discovered(
                List.of(
                        "file:///etc/passwd",
                        "https://10.0.0.3:2379",
                        "http://user:secret@10.0.0.3:2379",
                        "http://10.0.0.3",
                        "http://0.0.0.0:2379",
                        "unix://x",
                        "http://a b:1",
                        "",
                        "\u0000"),
                ONE);
        assertThat(all(topology)).containsExactly(ONE);
    }

    @Test
    void theAdvertisedListReplacesTheConfiguredOneUntilAllOfItFails() {
        Topology topology = topology(ONE);
        topology.discovered(List.of("http://10.0.0.2:2379", "http://10.0.0.2:2379/"), ONE);
        assertThat(topology.size()).isEqualTo(1);
        assertThat(topology.current()).contains(TWO);
        assertThat(topology.failed(TWO)).isTrue();
        assertThat(all(topology)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void aSilentEndpointIsLeftEvenIfEveryCallHasTimeForOneOnly() {
        Topology topology = topology(ONE, TWO);
        for (int call = 0; call < 5; call++) {
            topology.failed(ONE);
            assertThat(topology.current()).contains(TWO);
            topology.failed(TWO);
            assertThat(topology.current()).contains(ONE);
        }
    }

    @Test
    void anAnswerEndsARowOfFailures() {
        Topology topology = topology(ONE, TWO);
        assertThat(topology.failed(ONE)).isFalse();
        topology.answered();
        assertThat(topology.failed(TWO)).isFalse();
        assertThat(topology.failed(ONE)).isTrue();
    }

    @Test
    void srvRecordsAreRead() {
        assertThat(SrvRecords.nameOf("-client-ssl", "example.org", Optional.of("a")))
                .isEqualTo("_etcd-client-ssl-a._tcp.example.org");
        assertThat(SrvRecords.nameOf("", "example.org", Optional.empty())).isEqualTo("_etcd._tcp.example.org");
        assertThat(SrvRecords.endpoint("0 100 2379 etcd1.example.org.", "https"))
                .contains(URI.create("https://etcd1.example.org:2379"));
        assertThat(SrvRecords.endpoint("0 100 etcd1.example.org.", "https")).isEmpty();
        assertThat(SrvRecords.endpoint("0 100 x etcd1.example.org.", "https")).isEmpty();
    }

    @Test
    void thePasswordIsInNoText() {
        assertThat(new EtcdLogin("root", "secret").toString()).contains("root").doesNotContain("secret");
    }

    private static Topology topology(URI... hosts) {
        return new Topology(EtcdEndpoints.of(List.of(hosts)), new PeerMembers(EtcdTls.NONE));
    }

    private static Set<URI> all(Topology topology) {
        Set<URI> seen = new HashSet<>();
        for (int i = 0; i < topology.size(); i++) {
            URI current = topology.current().orElseThrow();
            seen.add(current);
            topology.failed(current);
        }
        return seen;
    }
}
