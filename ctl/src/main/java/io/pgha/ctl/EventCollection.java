package io.pgha.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.event.Event;
import io.pgha.core.event.EventFields;
import io.pgha.core.model.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The events of a cluster: what its members say, and for those that do not answer what they left in the DCS.
 *
 * @param byMember oldest first, by member
 * @param remarks for an operator: whose events are not complete, and why
 */
record EventCollection(Map<String, List<Event>> byMember, List<String> remarks) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * Collects them.
     *
     * @param wanted the member, or empty: all
     * @param most events of one member
     * @throws CtlException when there is no such cluster or member
     */
    static EventCollection of(Session session, String cluster, Optional<String> wanted, int most) {
        Map<String, Member> members = session.store().read(cluster).members();
        Map<String, List<Event>> left = session.store().events(cluster);
        TreeSet<String> names = new TreeSet<>(members.keySet());
        names.addAll(left.keySet());
        if (names.isEmpty()) {
            throw new CtlException("there is no cluster " + cluster + ": nothing of it stands in etcd");
        }
        if (wanted.isPresent() && !names.contains(wanted.get())) {
            throw new CtlException(
                    "cluster " + cluster + " has no member " + wanted.get() + "; it has " + String.join(", ", names));
        }
        names.removeIf(name -> wanted.filter(one -> !one.equals(name)).isPresent());
        Map<String, List<Event>> found = new LinkedHashMap<>();
        List<String> remarks = new ArrayList<>();
        for (String name : names) {
            Optional<List<Event>> told = Optional.ofNullable(members.get(name))
                    .flatMap(member -> ask(session.members(), member, most, remarks));
            List<Event> story = left.getOrDefault(name, List.of());
            if (told.isEmpty() && !story.isEmpty()) {
                remarks.add(name + " is not asked or does not answer: shown is what it left in etcd");
            }
            found.put(name, merged(story, told.orElse(List.of()), most));
        }
        return new EventCollection(found, remarks);
    }

    private static Optional<List<Event>> ask(MemberClient client, Member member, int most, List<String> remarks) {
        MemberClient.Reply reply = client.send(member, "GET", "/events?limit=" + most, Map.of(), PATIENCE);
        if (reply instanceof MemberClient.Answered answered) {
            Optional<List<Event>> events = parse(answered.text());
            if (events.isEmpty()) {
                remarks.add(member.name() + " keeps no events: it is no member of pgha, or an older one");
            }
            return events;
        }
        String why = reply instanceof MemberClient.Unreached unreached ? unreached.reason() : "";
        remarks.add(member.name() + " does not answer: " + why);
        return Optional.empty();
    }

    private static Optional<List<Event>> parse(String text) {
        try {
            Map<String, Object> body = new ObjectMapper().readValue(text, new TypeReference<>() {});
            if (body == null || !(body.get("events") instanceof List<?> list)) {
                return Optional.empty();
            }
            return Optional.of(
                    list.stream().flatMap(one -> EventFields.read(one).stream()).toList());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A member that lost its file counts from 1 again: then what it says itself is what counts. */
    private static List<Event> merged(List<Event> story, List<Event> told, int most) {
        TreeMap<Long, Event> byNumber = new TreeMap<>();
        if (told.isEmpty()) {
            story.forEach(event -> byNumber.put(event.number(), event));
        }
        told.forEach(event -> byNumber.put(event.number(), event));
        List<Event> all = new ArrayList<>(byNumber.values());
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** Of all members, by time. */
    List<Event> all() {
        return byMember.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Event::at)
                        .thenComparing(Event::member)
                        .thenComparing(Event::number))
                .toList();
    }
}
