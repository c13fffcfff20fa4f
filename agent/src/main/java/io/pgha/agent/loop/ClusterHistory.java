package io.pgha.agent.loop;

import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a leader has to write to the key {@code history} (facts §1.10). */
final class ClusterHistory {
    private static final String SKIPPED = "timeline skipped";

    private ClusterHistory() {}

    /**
     * The history to write; empty when what stands there is right.
     *
     * @param present what stands in the DCS
     * @param timeline the leader's timeline
     * @param local reads the leader's own history file
     * @param leader the leader's name
     * @param most lines to keep, 0 for all
     */
    static Optional<List<HistoryEntry>> wanted(
            Optional<List<HistoryEntry>> present,
            Timeline timeline,
            Supplier<List<HistoryEntry>> local,
            String leader,
            int most) {
        List<HistoryEntry> known = present.orElse(List.of());
        if (timeline.equals(Timeline.FIRST)) {
            return known.isEmpty() ? Optional.empty() : Optional.of(List.of());
        }
        if (!known.isEmpty()) {
            HistoryEntry last = known.get(known.size() - 1);
            boolean complete = last.promotedAt().isPresent() && last.newLeader().isPresent();
            if (last.timeline().number() == timeline.number() - 1 && complete) {
                return Optional.empty();
            }
        }
        List<HistoryEntry> lines = local.get();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Timeline promotedFrom = lines.get(lines.size() - 1).timeline();
        List<HistoryEntry> wanted = withSkipped(lines, timeline).stream()
                .map(line ->
                        line.timeline().number() >= promotedFrom.number() ? ledBy(leader, line) : asKnown(known, line))
                .toList();
        return Optional.of(
                most > 0 && wanted.size() > most ? wanted.subList(wanted.size() - most, wanted.size()) : wanted);
    }

    /**
     * With a line for each number that was skipped (ADR 0008), ending where the line before it ends: readers take the
     * cluster's timeline for that of the last line plus one, and a server that is on a skipped number has parted.
     */
    private static List<HistoryEntry> withSkipped(List<HistoryEntry> lines, Timeline current) {
        List<HistoryEntry> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            HistoryEntry line = lines.get(i);
            Timeline next = i + 1 < lines.size() ? lines.get(i + 1).timeline() : current;
            all.add(line);
            for (int number = line.timeline().number() + 1; number < next.number(); number++) {
                all.add(new HistoryEntry(
                        new Timeline(number), line.switchPoint(), SKIPPED, line.promotedAt(), Optional.empty()));
            }
        }
        return all;
    }

    private static HistoryEntry asKnown(List<HistoryEntry> known, HistoryEntry line) {
        return known.stream()
                .filter(old -> old.timeline().equals(line.timeline())
                        && old.switchPoint().equals(line.switchPoint()))
                .findFirst()
                .orElse(line);
    }

    private static HistoryEntry ledBy(String leader, HistoryEntry line) {
        return new HistoryEntry(
                line.timeline(), line.switchPoint(), line.reason(), line.promotedAt(), Optional.of(leader));
    }
}
