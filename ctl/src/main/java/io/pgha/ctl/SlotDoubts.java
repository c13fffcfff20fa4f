package io.pgha.ctl;

import io.pgha.config.DynamicConfig;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.Member;
import io.pgha.core.model.PermanentSlot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Permanent logical slots whose consumers may miss changes when a member takes over (docs/slots.md). Ours. */
final class SlotDoubts {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private SlotDoubts() {}

    /** One line for each member and slot of which it is not sure that a consumer could go on. */
    static List<String> of(ClusterView view, Collection<Member> candidates, MemberClient members) {
        List<String> wanted = logicalSlots(view);
        if (wanted.isEmpty() || candidates.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        members.ask(candidates, PATIENCE)
                .forEach((name, answer) -> wanted.forEach(slot ->
                        doubt(slot, answer).ifPresent(why -> lines.add(name + ", logical slot " + slot + ": " + why))));
        return lines;
    }

    /** The names of the permanent logical slots that the cluster has. */
    private static List<String> logicalSlots(ClusterView view) {
        DynamicConfig config =
                new DynamicConfig(view.config().map(DynamicConfigKey::values).orElse(Map.of()));
        if (config.standbyCluster().isPresent() || !config.useSlots()) {
            return List.of();
        }
        return config.permanentSlots().entrySet().stream()
                .filter(slot -> slot.getValue() instanceof PermanentSlot.Logical)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Optional<String> doubt(String slot, MemberClient.Answer answer) {
        if (answer instanceof MemberClient.Silent silent) {
            return Optional.of("not known whether it is ready, the member does not answer (" + silent.reason() + ")");
        }
        MemberStatus status = ((MemberClient.Status) answer).status();
        Optional<Map<String, MemberStatus.Slot>> told = status.logicalSlots();
        if (told.isEmpty()) {
            return Optional.of("not known whether it is ready, the member does not say");
        }
        MemberStatus.Slot found = told.get().get(slot);
        if (found == null) {
            return Optional.of("not ready, this member keeps none");
        }
        return found.ready() ? Optional.empty() : Optional.of("not ready, " + found.reason());
    }
}
