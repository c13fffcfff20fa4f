package io.pgha.postgres.local;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.SlotHorizon;
import io.pgha.postgres.conf.SlotName;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the leader says of its slots, to the role of pg_rewind (facts §5.14). */
final class SlotSource {
    private static final Logger log = LoggerFactory.getLogger(SlotSource.class);
    private static final String STATES = "SELECT slot_name, confirmed_flush_lsn::text AS confirmed,"
            + " pg_catalog.pg_read_binary_file('pg_replslot/' || slot_name || '/state') AS state"
            + " FROM pg_catalog.pg_replication_slots WHERE slot_type = 'logical' AND NOT temporary"
            + " AND NOT pg_catalog.pg_is_in_recovery() AND restart_lsn IS NOT NULL"
            + " AND confirmed_flush_lsn IS NOT NULL AND slot_name = ANY(?)";
    private static final String HORIZON =
            "SELECT slot_name, slot_type = 'physical' AS physical, catalog_xmin::text::pg_catalog.int8 AS catalog_xmin"
                    + " FROM pg_catalog.pg_replication_slots WHERE slot_name = ANY(?) AND catalog_xmin IS NOT NULL";

    private final Instance instance;
    private final Upstream leader;

    SlotSource(Instance instance, Upstream leader) {
        this.instance = instance;
        this.leader = leader;
    }

    /** The states of these slots; of PostgreSQL 17's own failover slots none, they are the server's to copy. */
    List<SlotState> states(Collection<String> slots, boolean failoverSlots) throws SQLException {
        String question = failoverSlots ? STATES + " AND NOT failover" : STATES;
        List<SlotState> states = new ArrayList<>();
        try (Connection session = open();
                PreparedStatement statement = session.prepareStatement(question)) {
            statement.setArray(1, names(session, slots));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    states.add(new SlotState(
                            row.getString("slot_name"),
                            Lsn.parse(row.getString("confirmed")).orElse(Lsn.ZERO),
                            ByteBuffer.wrap(row.getBytes("state"))));
                }
            }
        }
        return states;
    }

    /** What the leader keeps, for this node's physical slot and for the logical ones. */
    Optional<SlotHorizon> horizon(Set<String> slots) {
        String mine = SlotName.of(instance.settings().memberName());
        List<String> asked = new ArrayList<>(slots);
        asked.add(mine);
        Optional<Long> ofStandby = Optional.empty();
        Map<String, Long> ofLogical = new HashMap<>();
        try (Connection session = open();
                PreparedStatement statement = session.prepareStatement(HORIZON)) {
            statement.setArray(1, names(session, asked));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean("physical")) {
                        ofStandby = Optional.of(row.getLong("catalog_xmin"));
                    } else {
                        ofLogical.put(row.getString("slot_name"), row.getLong("catalog_xmin"));
                    }
                }
            }
            return Optional.of(new SlotHorizon(ofStandby, ofLogical));
        } catch (SQLException e) {
            log.debug("{} does not tell what it keeps: {}", leader.name(), Refusal.words(e));
            return Optional.empty();
        }
    }

    private static Array names(Connection session, Collection<String> slots) throws SQLException {
        return session.createArrayOf("text", slots.toArray());
    }

    private Connection open() throws SQLException {
        Login login = Logins.remote(
                        instance.settings(),
                        leader.connUrl(),
                        instance.settings().rewind())
                .orElseThrow(() -> new SQLException(leader.name() + " publishes no usable address"));
        return login.open();
    }
}
