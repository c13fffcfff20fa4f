package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.dcs.wire.ClusterViewParser;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.RawEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Patroni's own tool printed at one moment, and the keys that it read.
 *
 * @param moment folder of the sample
 * @param outputs what was printed, by command line without the program's name; the last line is the exit status
 */
public record Sample(String moment, Map<String, String> outputs) {
    private static final List<String> MOMENTS = List.of(
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

    public static Stream<Sample> all() {
        return MOMENTS.stream().map(Sample::read);
    }

    static Sample read(String moment) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (String block : resource(moment + "/ctl.txt").split("(?m)^\\$ patronictl -c pg0.yml ", -1)) {
            String[] parts = block.split("\n", 2);
            if (parts.length == 2) {
                outputs.put(parts[0], parts[1].substring(0, parts[1].lastIndexOf("[exit ")));
            }
        }
        return new Sample(moment, outputs);
    }

    /** What was printed. Positions moved between reading the keys and printing: they are made the same. */
    public String output(String command) {
        return steady(outputs.get(command));
    }

    public static String steady(String output) {
        return output.replaceAll("0/[0-9A-F]{7}\\b", "0/1234567");
    }

    /** All keys with their values. */
    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        String[] lines = resource(moment + "/etcd.txt").split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            keys.put(lines[i].split(" ", 2)[0], lines[i + 1].strip());
        }
        return keys;
    }

    /** The keys of the cluster {@code demo}; of any other, nothing. */
    public ClusterView cluster(String name) {
        return cluster(name, Map.of());
    }

    /** The same with these values in place of the sample's, by key. */
    ClusterView cluster(String name, Map<String, byte[]> changed) {
        KeyLayout layout = KeyLayout.of("service", name);
        Map<String, byte[]> values = new LinkedHashMap<>();
        keys().forEach((key, value) -> values.put(key, value.getBytes(UTF_8)));
        values.putAll(changed);
        List<RawEntry> entries = new ArrayList<>();
        values.forEach((key, value) -> {
            if (key.startsWith(layout.prefix())) {
                entries.add(new RawEntry(key, value, 1, 1, 1));
            }
        });
        return new ClusterViewParser(layout).parse(entries, 1);
    }

    /** The same cluster with another configuration. */
    static ClusterView with(ClusterView view, Map<String, Object> config) {
        return new ClusterView(
                view.revision(),
                view.initialize(),
                view.initializeRevision(),
                Optional.of(new DynamicConfigKey(config, 1, true)),
                view.leader(),
                view.members(),
                view.status(),
                view.failover(),
                view.sync(),
                view.history(),
                view.failsafe());
    }

    @Override
    public String toString() {
        return moment;
    }

    private static String resource(String name) {
        try (InputStream in = Sample.class.getResourceAsStream("/samples/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
