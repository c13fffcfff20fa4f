package io.pgha.dcs.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The keys that a real Patroni 4.1.4 cluster had at ten moments, byte for byte. */
final class SampleKeys {
    private static final long LEASE = 7587882222L;

    private SampleKeys() {}

    static Stream<String> moments() {
        return Stream.of(
                "01-three-nodes-streaming",
                "02-switchover-and-restart-scheduled",
                "03-pending-restart",
                "04-paused",
                "05-synchronous-mode",
                "06-quorum-mode-and-failsafe",
                "07-after-a-switchover",
                "08-primary-node-lost",
                "09-old-primary-back",
                "10-after-a-manual-failover");
    }

    /** All keys of one moment, with made-up revisions. */
    static List<RawEntry> at(String moment) {
        List<RawEntry> entries = new ArrayList<>();
        String[] lines = resource("/samples/" + moment + ".txt").split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            String key = lines[i].substring(0, lines[i].indexOf(' '));
            long lease = lines[i].contains("lease: yes") ? LEASE : 0;
            byte[] value = lines[i + 1].substring(4).getBytes(StandardCharsets.UTF_8);
            entries.add(new RawEntry(key, value, lease, 10 + i, 100 + i));
        }
        return entries;
    }

    private static String resource(String path) {
        try (InputStream in = SampleKeys.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
