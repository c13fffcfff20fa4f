package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.model.ClusterView;
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
 * What one member of a real cluster answered at one moment.
 *
 * @param moment folder of the sample
 * @param member the member that was asked
 * @param keys the keys in the DCS at about that time, without the prefix
 * @param exchanges every request and its answer
 */
record Sample(String moment, String member, Map<String, String> keys, List<Exchange> exchanges) {
    static final ObjectMapper JSON = new ObjectMapper();
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

    /** One request line and the answer to it. */
    record Exchange(String method, String target, int status, String body) {
        String path() {
            return target.split("\\?", 2)[0];
        }

        Optional<String> query() {
            return target.contains("?") ? Optional.of(target.split("\\?", 2)[1]) : Optional.empty();
        }

        JsonNode json() {
            return Sample.json(body);
        }
    }

    /** All members that answered, at all moments. */
    static Stream<Sample> all() {
        return MOMENTS.stream()
                .flatMap(moment -> Stream.of("pg0", "pg1", "pg2").map(member -> read(moment, member)))
                .filter(sample -> !sample.exchanges().isEmpty());
    }

    static Sample read(String moment, String member) {
        String folder = "/samples/" + moment + "/";
        return new Sample(
                moment,
                member,
                keys(resource(folder + "etcd.txt")),
                exchanges(resource(folder + "rest-" + member + ".txt")));
    }

    Exchange exchange(String method, String target) {
        return exchanges.stream()
                .filter(one -> one.method().equals(method) && one.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    ClusterView cluster() {
        return SampleCluster.parse(keys);
    }

    @Override
    public String toString() {
        return moment + " " + member;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static Map<String, String> keys(String text) {
        Map<String, String> keys = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            keys.put(lines[i].split(" ", 2)[0].replace("/service/demo/", ""), lines[i + 1].strip());
        }
        return keys;
    }

    private static List<Exchange> exchanges(String text) {
        List<Exchange> exchanges = new ArrayList<>();
        for (String block : text.split("(?m)^### ", -1)) {
            String[] lines = block.split("\n", 3);
            if (lines.length < 2 || !lines[1].startsWith("HTTP/")) {
                continue;
            }
            String[] request = lines[0].split(" ", -1);
            int blank = block.indexOf("\n\n");
            String body = blank < 0 ? "" : block.substring(blank + 2).stripTrailing();
            exchanges.add(new Exchange(request[0], request[1], Integer.parseInt(lines[1].split(" ", -1)[1]), body));
        }
        return exchanges;
    }

    private static String resource(String name) {
        try (InputStream in = Sample.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
