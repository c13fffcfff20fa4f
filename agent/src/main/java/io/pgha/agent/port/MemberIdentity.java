package io.pgha.agent.port;

import java.util.Optional;

/**
 * What others are told of this member that never changes while it runs (facts §1.4).
 *
 * @param connUrl {@code postgres://host:port/database}
 * @param apiUrl {@code http(s)://host:port/patroni}
 * @param version the version that peers are told, digits and dots
 * @param proxyUrl of a pooler in front
 */
public record MemberIdentity(String connUrl, String apiUrl, String version, Optional<String> proxyUrl) {}
