package io.pgha.core.event;

/**
 * Who had something done.
 *
 * @param kind what sort of one
 * @param name whom it says it is: for {@link Kind#HACTL} user and host, for {@link Kind#REST} the login; may be empty text
 * @param address where the request came from; empty text for what the agent did by itself
 */
public record Actor(Kind kind, String name, String address) {
    private static final int LONGEST = 120;

    /** Sorts of actors. */
    public enum Kind {
        /** The agent's own loop. */
        LOOP("loop"),
        /** Another part of the agent: its start and end, the lease guard. */
        AGENT("agent"),
        /** A request over REST. */
        REST("rest"),
        /** A request over REST by hactl. */
        HACTL("hactl"),
        /** A change that was found in the DCS. */
        DCS("dcs");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }

    /** The loop. */
    public static final Actor LOOP = new Actor(Kind.LOOP, "", "");

    /** The agent itself, outside the loop. */
    public static final Actor AGENT = new Actor(Kind.AGENT, "", "");

    /** Whoever wrote to the DCS. */
    public static final Actor DCS = new Actor(Kind.DCS, "", "");

    public Actor {
        name = Shorten.to(LONGEST, name);
        address = Shorten.to(LONGEST, address);
    }

    /** For people: {@code hactl ann@host from 10.0.0.1}. */
    public String text() {
        return kind.word() + (name.isEmpty() ? "" : " " + name) + (address.isEmpty() ? "" : " from " + address);
    }
}
