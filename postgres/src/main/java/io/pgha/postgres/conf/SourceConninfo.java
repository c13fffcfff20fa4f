package io.pgha.postgres.conf;

import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.version.PostgresVersion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How this node connects to another server: for streaming, for a copy, for pg_rewind (facts §6.6, §6.9, §6.11). */
public final class SourceConninfo {
    /** Options that credentials may carry (facts §2.6). */
    private static final Set<String> OPTIONS = Set.of(
            "sslmode",
            "sslcert",
            "sslkey",
            "sslpassword",
            "sslrootcert",
            "sslcrl",
            "sslcrldir",
            "gssencmode",
            "channel_binding",
            "sslnegotiation");

    private SourceConninfo() {}

    /**
     * The connection without a password, which goes into the password file.
     *
     * @param address host and port, as of {@link MemberUrl#conninfo()}
     * @param database empty text: that of the address
     * @throws IllegalArgumentException when a value cannot be carried by a connection string
     */
    public static Conninfo of(Conninfo address, Credentials as, String database, PostgresVersion version) {
        Conninfo conninfo = address.with("user", as.username())
                .with(options(as.options(), version))
                .withoutPassword();
        return database.isEmpty() ? conninfo : conninfo.with("dbname", database);
    }

    /**
     * The value of {@code primary_conninfo} (facts §6.6).
     *
     * @param passfile used when the credentials have a password
     * @param memberName becomes {@code application_name}
     * @param krbServerName empty text: not configured
     * @throws IllegalArgumentException when a value cannot be carried by a connection string
     */
    public static Conninfo primary(
            Conninfo address,
            Credentials as,
            String database,
            Path passfile,
            String memberName,
            String krbServerName,
            PostgresVersion version) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("sslmode", "prefer");
        if (version.gssencmode()) {
            defaults.put("gssencmode", "prefer");
        }
        if (version.channelBinding()) {
            defaults.put("channel_binding", "prefer");
        }
        if (version.sslnegotiation()) {
            defaults.put("sslnegotiation", "postgres");
        }
        return new Conninfo(defaults)
                .with(of(address, as, database, version).values())
                .with("passfile", as.password().isEmpty() ? "" : passfile.toString())
                .with("application_name", memberName)
                .with("krbsrvname", krbServerName);
    }

    /** The options that the version's libpq knows. */
    public static Map<String, String> options(Map<String, String> options, PostgresVersion version) {
        Map<String, String> known = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            boolean supported = switch (name) {
                case "gssencmode" -> version.gssencmode();
                case "channel_binding" -> version.channelBinding();
                case "sslpassword" -> version.sslpassword();
                case "sslcrldir" -> version.sslcrldir();
                case "sslnegotiation" -> version.sslnegotiation();
                default -> OPTIONS.contains(name);
            };
            if (supported && !value.isEmpty()) {
                known.put(name, value);
            }
        });
        return known;
    }
}
