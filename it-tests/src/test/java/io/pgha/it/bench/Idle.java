package io.pgha.it.bench;

import io.pgha.it.cluster.Await;
import io.pgha.it.cluster.Cluster;
import io.pgha.it.cluster.Footprint;
import io.pgha.it.cluster.Software;
import io.pgha.it.cluster.Timing;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a cluster takes that has nothing to do. All run at the same time: they do not disturb each other. */
final class Idle {
    private static final Timing TIMING = new Timing(30, 10, 10);
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private final Results results;
    private final Duration time;

    /** @param time from the healthy cluster to the reading of its memory */
    Idle(Results results, Duration time) {
        this.results = results;
        this.time = time;
    }

    void measure(List<Software> all) {
        Map<Software, Cluster> clusters = new EnumMap<>(Software.class);
        Map<Software, Footprint> before = new EnumMap<>(Software.class);
        Map<Software, Long> requests = new EnumMap<>(Software.class);
        try {
            for (Software software : all) {
                clusters.put(software, Cluster.start("bench-idle-" + software, software, TIMING, 3));
            }
            Duration warmUp = time.compareTo(WARM_UP.multipliedBy(2)) < 0 ? time.dividedBy(2) : WARM_UP;
            System.out.println("   idle for " + time.toSeconds() + " s");
            Await.pass(warmUp);
            long start = System.nanoTime();
            clusters.forEach((software, cluster) -> {
                before.put(software, Footprint.of(cluster));
                requests.put(software, cluster.etcd().requests());
            });
            Await.pass(time.minus(warmUp));
            clusters.forEach((software, cluster) -> {
                double seconds = (System.nanoTime() - start) / 1e9;
                Footprint after = Footprint.of(cluster);
                results.put(Row.MEMORY, software, after.largestResidentMb());
                results.put(Row.CPU, software, after.cpuMillisSince(before.get(software)) / seconds);
                long asked = cluster.etcd().requests() - requests.getOrDefault(software, 0L);
                results.put(Row.ETCD, software, asked / seconds * 60);
            });
        } finally {
            clusters.values().forEach(Cluster::close);
        }
    }
}
