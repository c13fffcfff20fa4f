package io.pgha.ctl.table;

import io.pgha.core.view.MemberView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who replicates from whom, as a tree: the leader first, below each member those that name it in {@code replicatefrom}. */
final class Topology {
    private final List<MemberView> members;
    private final List<Place> places = new ArrayList<>();
    private final Set<String> placed = new LinkedHashSet<>();

    /**
     * A member with its place in the tree.
     *
     * @param prefix two blanks for each level below the first, then {@code "+ "}; empty for the root
     */
    record Place(MemberView member, String prefix) {}

    private Topology(List<MemberView> members) {
        this.members = members;
    }

    static List<Place> of(List<MemberView> members) {
        Topology topology = new Topology(members);
        members.stream().filter(MemberView::isLeader).forEach(leader -> topology.place(leader, 0));
        topology.placeBelow(Optional.empty(), 1);
        // Members that name each other in a circle hang below nobody.
        members.forEach(member -> topology.place(member, 1));
        return topology.places;
    }

    private void place(MemberView member, int level) {
        if (placed.add(member.name())) {
            places.add(new Place(member, level == 0 ? "" : "  ".repeat(level - 1) + "+ "));
            placeBelow(Optional.of(member), level + 1);
        }
    }

    private void placeBelow(Optional<MemberView> upstream, int level) {
        for (MemberView member : members) {
            if (!member.isLeader() && upstreamOf(member).equals(upstream)) {
                place(member, level);
            }
        }
    }

    private Optional<MemberView> upstreamOf(MemberView member) {
        Optional<MemberView> named = member.member()
                .tags()
                .replicatefrom()
                .flatMap(name -> members.stream()
                        .filter(other -> other.name().equals(name) && !name.equals(member.name()))
                        .findFirst());
        return named.isPresent()
                ? named
                : members.stream().filter(MemberView::isLeader).findFirst();
    }
}
