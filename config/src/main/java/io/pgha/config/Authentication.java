package io.pgha.config;

import io.pgha.config.value.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code postgresql.authentication}: the three roles the agent connects as (facts §2.6).
 *
 * @param superuser for the agent's own queries
 * @param replication for streaming and base backups
 * @param rewind for pg_rewind from PostgreSQL 11 on; empty: the superuser
 */
public record Authentication(Role superuser, Role replication, Optional<Role> rewind) {

    /**
     * A role with what libpq needs to log in as it.
     *
     * @param username empty: the operating system user
     * @param password none: peer, trust, certificate, Kerberos
     * @param parameters connection parameters by libpq's names (sslmode, sslcert, …), without sslpassword
     * @param sslpassword the password of the client key
     */
    public record Role(
            Optional<String> username,
            Optional<Secret> password,
            Map<String, String> parameters,
            Optional<Secret> sslpassword) {

        /** Nothing known. */
        public static final Role NONE = new Role(Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

        public Role {
            parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Whom pg_rewind connects as on a server of this major version. */
    public Role rewindRole(int majorVersion) {
        return majorVersion >= 11 ? rewind.orElse(superuser) : superuser;
    }
}
