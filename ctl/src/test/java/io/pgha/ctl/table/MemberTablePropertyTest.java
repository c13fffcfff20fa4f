package io.pgha.ctl.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.MemberBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MemberTablePropertyTest {
    @Property(tries = 300)
    void everyNameGivesATableOfStraightLines(@ForAll String name, @ForAll String state) {
        ClusterView view = new ClusterView(
                1,
                Optional.of(state),
                1,
                Optional.empty(),
                Optional.of(new LeaderLock(name, 1, 1)),
                new TreeMap<>(
                        Map.of(name, new MemberBuilder(name).stateText(state).build())),
                ClusterStatus.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        List<String> lines = MemberTable.render(
                        name, view, new MemberTable.Options(Format.PRETTY, false, Map.of(), Map.of()))
                .lines()
                .skip(1)
                .toList();
        assertThat(lines).isNotEmpty();
        int width = lines.get(0).codePointCount(0, lines.get(0).length());
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isEqualTo(width));
    }
}
