package io.pgha.core.decide;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom a leader names in the key {@code failsafe} (facts §1.11): the members that the DCS shows, and those named before that
 * are missing since a short time only. After an outage longer than one ttl all members' keys have run out, and the leader is
 * often the first that comes back. A key that then named it alone would let it go on alone in the next outage, and would
 * keep all others from taking over if it died.
 *
 * @param missingSince when a member that the key names was first not shown; in the order of names
 */
public record FailsafeKey(SortedMap<String, MonotonicTime> missingSince) {
    /** What is known by one that did not lead a moment ago. */
    public static final FailsafeKey UNWATCHED = new FailsafeKey(new TreeMap<>());

    public FailsafeKey {
        missingSince = Collections.unmodifiableSortedMap(new TreeMap<>(missingSince));
    }

    /** After a look at the DCS that was answered; without one, nobody can have come back: start from {@link #UNWATCHED}. */
    public FailsafeKey seen(ClusterView view, Duration ttl, MonotonicTime now) {
        SortedMap<String, MonotonicTime> next = new TreeMap<>();
        view.failsafe().keySet().stream()
                .filter(name -> view.member(name).isEmpty())
                .forEach(name -> next.put(
                        name, Optional.ofNullable(missingSince.get(name)).orElse(now)));
        next.values().removeIf(since -> now.since(since).compareTo(ttl) >= 0);
        return new FailsafeKey(next);
    }

    /**
     * What the key has to say.
     *
     * @param me the leader's name
     * @param apiUrl the leader's own address
     * @return REST addresses by name
     */
    public Map<String, String> names(ClusterView view, String me, String apiUrl) {
        Map<String, String> names = new TreeMap<>();
        missingSince.keySet().forEach(name -> names.put(name, view.failsafe().get(name)));
        view.members().values().forEach(member -> member.apiUrl().ifPresent(url -> names.put(member.name(), url)));
        names.put(me, apiUrl);
        return names;
    }
}
