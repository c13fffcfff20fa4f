package io.pgha.dcs.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a member of etcd answers to {@code GET /members} on the port for other members. */
public final class MemberListJson {
    private MemberListJson() {}

    /** All {@code clientURLs}; none when the answer is something else. */
    public static List<String> clientUrls(byte[] answer) {
        List<String> result = new ArrayList<>();
        if (DcsJson.parse(answer).map(DcsJson.Parsed::value).orElse(null) instanceof List<?> members) {
            members.forEach(member -> add(member, result));
        }
        return result;
    }

    private static void add(@Nullable Object member, List<String> to) {
        DcsJson.asObject(member).map(fields -> fields.get("clientURLs")).ifPresent(urls -> {
            if (urls instanceof List<?> list) {
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .forEach(to::add);
            }
        });
    }
}
