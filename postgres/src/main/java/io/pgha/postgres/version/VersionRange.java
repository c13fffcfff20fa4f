package io.pgha.postgres.version;

/**
 * From one version up to, but not including, another; in the numbers of {@code server_version_num}.
 *
 * @param from the first version inside
 * @param until the first version behind it; {@link Integer#MAX_VALUE} when it has no end
 */
public record VersionRange(int from, int until) {
    /** Every version. */
    public static final VersionRange ALL = new VersionRange(0, Integer.MAX_VALUE);

    public VersionRange {
        if (from < 0 || until <= from) {
            throw new IllegalArgumentException("not a range of versions: " + from + " until " + until);
        }
    }

    /**
     * Reads {@code 13-18}, {@code 12-} or {@code 14.5-14.99}: from the first until before the second (facts, notation of
     * appendix A).
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static VersionRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("not a range of versions: '" + text + "'");
        }
        String end = text.substring(dash + 1);
        return new VersionRange(number(text.substring(0, dash)), end.isEmpty() ? Integer.MAX_VALUE : number(end));
    }

    /** Whether the version lies inside. */
    public boolean contains(PostgresVersion version) {
        return version.number() >= from && version.number() < until;
    }

    private static int number(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("not a version: '" + text + "'");
        }
        return Integer.parseInt(parts[0]) * 10000 + (parts.length == 2 ? Integer.parseInt(parts[1]) : 0);
    }
}
