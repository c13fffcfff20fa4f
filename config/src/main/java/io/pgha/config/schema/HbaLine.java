package io.pgha.config.schema;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of pg_hba.conf: whether PostgreSQL would take it. It refuses to load, and to start with, a file with one wrong line in
 * it. What some supported version takes is taken here.
 */
final class HbaLine {
    static final List<String> TYPES = List.of("local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc");

    private static final Set<String> INCLUDES = Set.of("include", "include_if_exists", "include_dir");
    private static final Set<String> KEYWORDS = Set.of("all", "samehost", "samenet");
    private static final Pattern MASK_LENGTH = Pattern.compile("\\s*\\+?0*(\\d{1,3})");

    private final List<List<HbaTokens.Token>> fields;

    private HbaLine(String line) {
        this.fields = HbaTokens.fields(line.trim());
    }

    /** What is wrong with it; empty when it is usable, or is no rule. */
    static Optional<String> complaint(@Nullable Object written) {
        Optional<String> unreadable = unreadable(written);
        HbaLine line = new HbaLine(String.valueOf(written));
        return unreadable.isPresent() || line.isRemark() || line.includes() ? unreadable : line.complaintOfRule();
    }

    /** What is wrong with a line of pg_ident.conf; empty when it is usable, or is no entry. */
    static Optional<String> complaintOfMap(@Nullable Object written) {
        Optional<String> unreadable = unreadable(written);
        HbaLine line = new HbaLine(String.valueOf(written));
        if (unreadable.isPresent() || line.isRemark() || line.includes()) {
            return unreadable;
        }
        if (line.fields.size() < 3) {
            return Optional.of("has no three words");
        }
        return line.fields.subList(0, 3).stream().anyMatch(field -> field.size() > 1 && !isFile(field))
                ? Optional.of("has several values between commas")
                : Optional.empty();
    }

    /** Whether PostgreSQL finds something in it; a file without any entry keeps it from starting. */
    static boolean isEntry(@Nullable Object written) {
        return !new HbaLine(String.valueOf(written)).isRemark();
    }

    /** Whether it lets somebody in for replication. */
    static boolean admitsReplication(@Nullable Object written) {
        HbaLine line = new HbaLine(written instanceof String text ? text : "");
        return line.fields.size() > 3
                && TYPES.contains(line.first(0))
                && line.fields.get(1).stream().anyMatch(token -> token.is("replication"))
                && line.fields.stream().noneMatch(field -> field.get(0).is("reject"));
    }

    private Optional<String> complaintOfRule() {
        String type = first(0);
        if (!TYPES.contains(type) || fields.get(0).size() > 1) {
            return Optional.of("begins with none of " + String.join(", ", TYPES));
        }
        boolean local = type.equals("local");
        if (fields.size() < (local ? 4 : 5)) {
            return Optional.of("is too short for a line of type " + type);
        }
        Optional<String> address = local ? Optional.empty() : complaintOfAddress();
        int at = local ? 3 : hasMask() ? 5 : 4;
        if (address.isPresent()) {
            return address;
        }
        if (fields.get(at).size() > 1) {
            return Optional.of("names several methods: one is possible");
        }
        List<String> options = fields.subList(at + 1, fields.size()).stream()
                .flatMap(List::stream)
                .map(HbaTokens.Token::text)
                .toList();
        return HbaMethod.complaint(type, first(at), options);
    }

    private Optional<String> complaintOfAddress() {
        if (fields.get(3).size() > 1) {
            return Optional.of("names several addresses: each needs a line of its own");
        }
        String written = first(3);
        if (isKeyword()) {
            return Optional.empty();
        }
        int slash = written.indexOf('/');
        OptionalInt bits = IpText.bits(slash < 0 ? written : written.substring(0, slash));
        if (slash < 0) {
            // With a zone that this machine does not have (%eth0) it is no address, but a name.
            boolean name = bits.isEmpty() || (written.contains("%") && !hasMask());
            return name ? Optional.empty() : complaintOfMask(written, bits.getAsInt());
        }
        if (bits.isEmpty()) {
            return Optional.of("\"" + written + "\" has a mask behind a name: only an IP address has one");
        }
        var mask = MASK_LENGTH.matcher(written.substring(slash + 1));
        return mask.matches() && Integer.parseInt(mask.group(1)) <= bits.getAsInt()
                ? Optional.empty()
                : Optional.of("\"" + written + "\" has no mask from 0 to " + bits.getAsInt());
    }

    private Optional<String> complaintOfMask(String address, int bits) {
        boolean mask = fields.get(4).size() == 1 && IpText.bits(first(4)).equals(OptionalInt.of(bits));
        if (!mask) {
            return Optional.of("has the address " + address + " without a mask: write " + address + "/" + bits
                    + " for the one address");
        }
        return fields.size() < 6 ? Optional.of("names no way to authenticate behind the mask") : Optional.empty();
    }

    private boolean hasMask() {
        String address = first(3);
        boolean needed =
                !isKeyword() && !address.contains("/") && IpText.bits(address).isPresent();
        return needed && (!address.contains("%") || IpText.bits(first(4)).isPresent());
    }

    private boolean isKeyword() {
        return KEYWORDS.stream().anyMatch(fields.get(3).get(0)::is);
    }

    /** From PostgreSQL 16 on; what the other file says is not known here. */
    private boolean includes() {
        return INCLUDES.contains(first(0)) && fields.size() == 2;
    }

    private String first(int field) {
        return fields.get(field).get(0).text();
    }

    /** {@code @name}: the values stand in another file. */
    private static boolean isFile(List<HbaTokens.Token> field) {
        return field.stream().anyMatch(token -> !token.quoted() && token.text().startsWith("@"));
    }

    private static Optional<String> unreadable(@Nullable Object written) {
        if (!(written instanceof String line)) {
            return Optional.of("is not a line of text");
        }
        return line.trim().chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)
                ? Optional.of("contains a line break")
                : Optional.empty();
    }

    private boolean isRemark() {
        return fields.isEmpty();
    }
}
