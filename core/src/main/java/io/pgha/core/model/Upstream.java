package io.pgha.core.model;

/**
 * A server to replicate from, to copy from, or to rewind to.
 *
 * @param name the member's name, for messages and for the choice of methods
 * @param connUrl {@code postgres://host:port/database} as in the member key
 * @param remote whether it is a server outside this cluster (standby cluster)
 */
public record Upstream(String name, String connUrl, boolean remote) {
    /** The member as an upstream; empty when it does not publish where to connect. */
    public static java.util.Optional<Upstream> of(Member member) {
        return member.connUrl().map(url -> new Upstream(member.name(), url, false));
    }
}
