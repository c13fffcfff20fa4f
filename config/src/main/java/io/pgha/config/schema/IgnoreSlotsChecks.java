package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.value.Values;
import java.util.List;
import java.util.Map;

/** The entries of {@code ignore_slots} (facts §2.3): a mistake here drops a slot that somebody counts on, or keeps every slot. */
final class IgnoreSlotsChecks {
    private static final List<String> KEYS = List.of("name", "type", "database", "plugin");
    private static final String ENTRY = "a mapping with one or more of " + String.join(", ", KEYS);

    private final Findings findings;

    IgnoreSlotsChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Values dynamic, KeyPath path) {
        Object written = dynamic.map().get("ignore_slots");
        if (written == null) {
            return;
        }
        if (!(written instanceof List<?> matchers)) {
            if (!(written instanceof Map)) { // of a mapping the schema says it
                findings.error(path, "is " + KeyChecks.shown(written), "a list, each entry " + ENTRY, "");
            }
            return;
        }
        for (int i = 0; i < matchers.size(); i++) {
            Object matcher = matchers.get(i);
            if (matcher instanceof Map<?, ?> map) {
                entry(path.item(i), Values.of(map));
            } else {
                findings.error(path.item(i), "is " + (matcher == null ? "empty" : KeyChecks.shown(matcher)), ENTRY, "");
            }
        }
    }

    private void entry(KeyPath path, Values matcher) {
        matcher.map().forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                findings.warning(path.child(key), "is no property of a slot and is ignored", ENTRY, "");
            } else if (value instanceof Map || value instanceof List || value instanceof Boolean) {
                findings.error(path.child(key), "is " + KeyChecks.shown(value), "a text", "");
            }
        });
        if (KEYS.stream().noneMatch(key -> matcher.filled(key).isPresent())) {
            findings.warning(path, "names nothing, so it matches every slot: none is ever dropped", ENTRY, "");
        }
        matcher.filled("type")
                .filter(type -> !type.equals("physical") && !type.equals("logical"))
                .ifPresent(type -> findings.warning(
                        path.child("type"),
                        "is " + KeyChecks.shown(type) + ", so it matches no slot and protects none",
                        "physical or logical",
                        ""));
    }
}
