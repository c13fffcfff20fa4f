package io.pgha.config.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways to authenticate in pg_hba.conf, and which options belong to which (the union of PostgreSQL 11 to 18). */
final class HbaMethod {
    private static final Set<String> KNOWN = Set.of(
            "trust",
            "reject",
            "md5",
            "password",
            "scram-sha-256",
            "gss",
            "ident",
            "peer",
            "ldap",
            "radius",
            "cert",
            "pam",
            "oauth");
    /** Servers for other systems have them, and the agent does not run there. */
    private static final Set<String> NOT_HERE = Set.of("sspi", "bsd");

    private static final Map<String, Set<String>> OPTIONS = Map.ofEntries(
            Map.entry("map", Set.of("ident", "peer", "gss", "cert", "oauth")),
            Map.entry("pamservice", Set.of("pam")),
            Map.entry("pam_use_hostname", Set.of("pam")),
            Map.entry("krb_realm", Set.of("gss")),
            Map.entry("include_realm", Set.of("gss")),
            Map.entry("issuer", Set.of("oauth")),
            Map.entry("scope", Set.of("oauth")),
            Map.entry("validator", Set.of("oauth")),
            Map.entry("delegate_ident_mapping", Set.of("oauth")),
            Map.entry("compat_realm", Set.of()),
            Map.entry("upn_username", Set.of()));
    private static final Set<String> LDAP = Set.of(
            "ldapurl",
            "ldaptls",
            "ldapscheme",
            "ldapserver",
            "ldapport",
            "ldapbinddn",
            "ldapbindpasswd",
            "ldapsearchattribute",
            "ldapsearchfilter",
            "ldapbasedn",
            "ldapprefix",
            "ldapsuffix");
    private static final Set<String> RADIUS =
            Set.of("radiusservers", "radiusports", "radiussecrets", "radiusidentifiers");
    /** 0, 1 and no-verify are those of PostgreSQL 11 to 13. */
    private static final Set<String> CLIENTCERT = Set.of("verify-full", "verify-ca", "no-verify", "0", "1");

    private static final Pattern PORT = Pattern.compile("\\s*\\+?0*[1-9].*");
    private static final Pattern URL_WITH_BASE = Pattern.compile("ldaps?://[^/]*/.*");

    private HbaMethod() {}

    /**
     * What is wrong with the end of a line.
     *
     * @param type of the connection
     * @param options words behind the method
     */
    static Optional<String> complaint(String type, String method, List<String> options) {
        return ofMethod(type, method).or(() -> ofOptions(type, method, options));
    }

    private static Optional<String> ofMethod(String type, String method) {
        if (NOT_HERE.contains(method)) {
            return Optional.of("names the method " + method + ", which PostgreSQL does not have on Linux");
        }
        if (!KNOWN.contains(method)) {
            return Optional.of("names no way to authenticate that PostgreSQL knows");
        }
        boolean local = type.equals("local");
        return switch (method) {
            case "gss" -> when(local, "gss is not for lines of type local");
            case "peer" -> when(!local, "peer is only for lines of type local");
            case "cert" -> when(!type.equals("hostssl"), "cert is only for lines of type hostssl");
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofOptions(String type, String method, List<String> options) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                return Optional.of("has \"" + option + "\" behind the method: options are written as name=value");
            }
            given.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return given.entrySet().stream()
                .flatMap(option -> ofOption(type, method, option.getKey(), option.getValue()).stream())
                .findFirst()
                .or(() -> ofWhatIsMissing(method, given));
    }

    private static Optional<String> ofOption(String type, String method, String name, String value) {
        if (name.equals("clientcert") || name.equals("clientname")) {
            Set<String> values = name.equals("clientcert") ? CLIENTCERT : Set.of("CN", "DN");
            return when(!type.equals("hostssl"), name + " is only for lines of type hostssl")
                    .or(() -> when(!values.contains(value), name + " has no value that PostgreSQL knows"));
        }
        if (name.equals("ldapport") && !PORT.matcher(value).matches()) {
            return Optional.of("ldapport is no port");
        }
        Set<String> methods =
                LDAP.contains(name) ? Set.of("ldap") : RADIUS.contains(name) ? Set.of("radius") : OPTIONS.get(name);
        if (methods == null) {
            return Optional.of("has the option \"" + name + "\", which PostgreSQL does not know");
        }
        return when(!methods.contains(method), "has the option \"" + name + "\", which is not for " + method);
    }

    private static Optional<String> ofWhatIsMissing(String method, Map<String, String> given) {
        return switch (method) {
            case "ldap" -> ldap(given);
            case "radius" -> missing(given, "radius", "radiusservers", "radiussecrets");
            case "oauth" ->
                missing(given, "oauth", "issuer", "scope")
                        .or(() -> when(
                                given.containsKey("map") && "1".equals(given.get("delegate_ident_mapping")),
                                "map and delegate_ident_mapping exclude each other"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> ldap(Map<String, String> given) {
        boolean simple = given.containsKey("ldapprefix") || given.containsKey("ldapsuffix");
        boolean search =
                List.of("ldapbasedn", "ldapbinddn", "ldapbindpasswd", "ldapsearchattribute", "ldapsearchfilter")
                        .stream()
                        .anyMatch(given::containsKey);
        boolean base = given.containsKey("ldapbasedn")
                || URL_WITH_BASE.matcher(given.getOrDefault("ldapurl", "")).matches();
        return when(!simple && !base, "ldap needs ldapbasedn, ldapprefix or ldapsuffix")
                .or(() -> when(
                        simple && search, "ldapprefix and ldapsuffix exclude the options of a search (ldapbasedn …)"))
                .or(() -> when(
                        given.containsKey("ldapsearchattribute") && given.containsKey("ldapsearchfilter"),
                        "ldapsearchattribute and ldapsearchfilter exclude each other"))
                .or(() -> when(
                        given.containsKey("ldapurl")
                                && !given.getOrDefault("ldapurl", "").matches("ldaps?://.*"),
                        "ldapurl is no ldap:// or ldaps:// URL"));
    }

    private static Optional<String> missing(Map<String, String> given, String method, String... needed) {
        return List.of(needed).stream()
                .filter(name -> given.getOrDefault(name, "").isEmpty())
                .findFirst()
                .map(name -> method + " needs the option " + name);
    }

    private static Optional<String> when(boolean wrong, String complaint) {
        return wrong ? Optional.of(complaint) : Optional.empty();
    }
}
