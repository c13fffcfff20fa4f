package io.pgha.core.sync;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.WalSender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses the standbys that shall be synchronous, "active" in facts §5.16. */
public final class SyncCandidates {
    private final SyncSettings settings;
    private final Map<String, Member> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param me this member's name
     * @param members all members of the cluster
     * @param settings what the operator wants
     */
    public SyncCandidates(String me, Collection<Member> members, SyncSettings settings) {
        this.settings = settings;
        members.forEach(member -> others.put(member.name(), member));
        others.remove(me);
    }

    /**
     * The chosen standbys, best first: in priority mode as many as shall acknowledge, in quorum mode all, but those that
     * may never lead only as far as they are needed.
     *
     * @param senders the rows of {@code pg_stat_replication}
     * @param primary this primary's own position, against which a single standby's lag is measured
     */
    public List<SyncCandidate> chosen(Collection<WalSender> senders, Lsn primary) {
        List<SyncCandidate> ordered = withoutLagging(ordered(senders), primary);
        List<SyncCandidate> chosen = new ArrayList<>();
        for (SyncCandidate candidate : ordered) {
            boolean all = settings.mode() == SyncMode.QUORUM && settings.nodeCount() > 0 && !candidate.nofailover();
            if (all || chosen.size() < settings.nodeCount()) {
                chosen.add(candidate);
            }
        }
        return List.copyOf(chosen);
    }

    private List<SyncCandidate> ordered(Collection<WalSender> senders) {
        Map<String, WalSender> streaming = streaming(senders);
        List<SyncCandidate> candidates = new ArrayList<>();
        for (WalSender sender : streaming.values()) {
            Member member = others.get(sender.applicationName());
            if (member != null && mayBeSynchronous(member) && !cascades(member, streaming)) {
                candidates.add(SyncCandidate.of(member, sender, settings.waitsFor()));
            }
        }
        candidates.sort(SyncCandidate.BEST_FIRST);
        return candidates;
    }

    /** By name; a standby that reconnected may have left a dead connection behind, so the furthest one counts. */
    private Map<String, WalSender> streaming(Collection<WalSender> senders) {
        Map<String, WalSender> streaming = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (WalSender sender : senders) {
            if (sender.isStreaming() && !settings.waitsFor().of(sender).isZero()) {
                streaming.merge(sender.applicationName(), sender, this::further);
            }
        }
        return streaming;
    }

    private WalSender further(WalSender one, WalSender other) {
        Lsn first = settings.waitsFor().of(one);
        return settings.waitsFor().of(other).isAfter(first) ? other : one;
    }

    private static boolean mayBeSynchronous(Member member) {
        return member.isRunning() && !member.tags().nosync();
    }

    /**
     * Whether the member is expected to stream from another connected member instead, near or far up its chain of
     * {@code replicatefrom}. A chain that leads back to the member itself does not count: it has no top.
     */
    private boolean cascades(Member member, Map<String, WalSender> streaming) {
        boolean connected = false;
        Optional<Member> upstream = upstreamOf(member);
        for (int hops = 0; upstream.isPresent() && hops < others.size(); hops++) {
            if (upstream.get().name().equalsIgnoreCase(member.name())) {
                return false;
            }
            connected |= streaming.containsKey(upstream.get().name());
            upstream = upstream.flatMap(this::upstreamOf);
        }
        return connected;
    }

    private Optional<Member> upstreamOf(Member member) {
        return member.tags().replicatefrom().map(others::get);
    }

    private List<SyncCandidate> withoutLagging(List<SyncCandidate> candidates, Lsn primary) {
        if (settings.maximumLag() <= 0) {
            return candidates;
        }
        Lsn furthest = candidates.size() > 1
                ? candidates.stream().map(SyncCandidate::position).reduce(Lsn.ZERO, Lsn::max)
                : primary;
        return candidates.stream()
                .filter(candidate -> furthest.bytesAheadOf(candidate.position()) <= settings.maximumLag())
                .toList();
    }
}
