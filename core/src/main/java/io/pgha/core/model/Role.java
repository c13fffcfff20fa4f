package io.pgha.core.model;

import java.util.Arrays;
import java.util.Optional;

/** What a member is in its cluster; the words are Patroni's (facts §1.4). */
public enum Role {
    PRIMARY("primary"),
    STANDBY_LEADER("standby_leader"),
    REPLICA("replica"),
    /** Stopped after losing or releasing leadership. */
    DEMOTED("demoted"),
    /** There is no data directory yet, or it was removed. */
    UNINITIALIZED("uninitialized"),
    /** A promotion was ordered and PostgreSQL has not left recovery yet. */
    PROMOTED("promoted");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word in DCS keys and REST bodies. */
    public String word() {
        return word;
    }

    /** Reads a role word; {@code master} of old peers counts as primary. Unknown words give empty. */
    public static Optional<Role> parse(String word) {
        if (word.equals("master")) {
            return Optional.of(PRIMARY);
        }
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
