package io.pgha.postgres.version;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL version and what it can do. Every difference between versions that pgha has to know is a method here, so
 * that no other class compares numbers.
 *
 * @param number as in {@code server_version_num}: {@code 150010} is 15.10; one of the majors {@value #OLDEST_MAJOR} to
 *     {@value #NEWEST_MAJOR}
 */
public record PostgresVersion(int number) implements Comparable<PostgresVersion> {
    /** The oldest major version that is supported. */
    public static final int OLDEST_MAJOR = 11;

    /** The newest major version that is supported. */
    public static final int NEWEST_MAJOR = 18;

    private static final Pattern PROGRAM_OUTPUT = Pattern.compile(
            "\\(PostgreSQL\\) (\\d{1,3})(?:\\.(\\d{1,4}))?(?:devel|alpha\\d*|beta\\d*|rc\\d*)?(?:\\.\\d+)?");
    private static final Pattern VERSION_FILE = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,2}))?\\s*");

    /**
     * @throws UnsupportedVersionException when the major version is not supported
     */
    public PostgresVersion {
        int major = number / 10000;
        if (major < OLDEST_MAJOR || major > NEWEST_MAJOR) {
            throw new UnsupportedVersionException("PostgreSQL " + shown(number) + " is not supported: pgha drives "
                    + OLDEST_MAJOR + " to " + NEWEST_MAJOR);
        }
    }

    /**
     * The first release of a major version; what a data directory tells of itself.
     *
     * @throws UnsupportedVersionException when it is not supported
     */
    public static PostgresVersion ofMajor(int major) {
        return new PostgresVersion(Math.multiplyExact(major, 10000));
    }

    /**
     * Reads what {@code postgres --version} (or another program of PostgreSQL) prints, for example
     * {@code postgres (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1)}.
     *
     * @throws UnsupportedVersionException when it is not such a text, or not supported
     */
    public static PostgresVersion parseProgramOutput(String output) {
        Matcher matcher = PROGRAM_OUTPUT.matcher(output);
        if (!matcher.find()) {
            throw new UnsupportedVersionException("no PostgreSQL version in the output " + excerpt(output));
        }
        int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return new PostgresVersion(Integer.parseInt(matcher.group(1)) * 10000 + minor);
    }

    /**
     * Reads the content of a data directory's file {@code PG_VERSION}, for example {@code 15}.
     *
     * @throws UnsupportedVersionException when it is not such a text, or not supported
     */
    public static PostgresVersion parseVersionFile(String content) {
        Matcher matcher = VERSION_FILE.matcher(content);
        if (!matcher.matches()) {
            throw new UnsupportedVersionException("PG_VERSION does not hold a version but " + excerpt(content));
        }
        int major = Integer.parseInt(matcher.group(1));
        if (matcher.group(2) != null) {
            throw new UnsupportedVersionException("PostgreSQL " + major + "." + matcher.group(2)
                    + " is not supported: pgha drives " + OLDEST_MAJOR + " to " + NEWEST_MAJOR);
        }
        return ofMajor(major);
    }

    /** The major version, 11 to 18. */
    public int major() {
        return number / 10000;
    }

    /** The minor release; 0 when only the major version is known. */
    public int minor() {
        return number % 10000;
    }

    // ---- where recovery is configured ----

    /** Standbys are configured in {@code recovery.conf}, and read it at start only (before 12). */
    public boolean recoveryConfFile() {
        return !since(12);
    }

    /** Standbys are marked by {@code standby.signal}, and recovery settings are parameters (12). */
    public boolean standbySignal() {
        return since(12);
    }

    /** A change of primary_conninfo or primary_slot_name needs only a reload (13). */
    public boolean primaryConninfoReloadable() {
        return since(13);
    }

    /** A change of restore_command needs only a reload (14). */
    public boolean restoreCommandReloadable() {
        return since(14);
    }

    /** {@code promote_trigger_file} exists (12 to 15); {@code trigger_file} before, nothing after. */
    public boolean promoteTriggerFile() {
        return since(12) && !since(16);
    }

    /** The SQL function {@code pg_promote} (12). */
    public boolean promoteFunction() {
        return since(12);
    }

    /** dbname in primary_conninfo has a meaning, for slot synchronisation, and is compared (17; facts §6.6). */
    public boolean dbnameInPrimaryConninfo() {
        return since(17);
    }

    // ---- libpq ----

    /** libpq knows {@code passfile} in a connection string (10). */
    public boolean passfileInConninfo() {
        return since(10);
    }

    /** libpq knows {@code target_session_attrs} (10). */
    public boolean targetSessionAttrs() {
        return since(10);
    }

    /** libpq knows {@code gssencmode} (12). */
    public boolean gssencmode() {
        return since(12);
    }

    /** libpq knows {@code channel_binding} (13). */
    public boolean channelBinding() {
        return since(13);
    }

    /** libpq knows {@code sslpassword} (13). */
    public boolean sslpassword() {
        return since(13);
    }

    /** libpq knows {@code sslcrldir} (14). */
    public boolean sslcrldir() {
        return since(14);
    }

    /** libpq knows {@code sslnegotiation} (17). */
    public boolean sslnegotiation() {
        return since(17);
    }

    // ---- parameters ----

    /** {@code wal_keep_size} took the place of {@code wal_keep_segments} (13). */
    public boolean walKeepSize() {
        return since(13);
    }

    /** A standby's max_wal_senders must not be lower than the primary's (12). */
    public boolean walSendersMustMatch() {
        return since(12);
    }

    /** A data directory may be readable by the group: modes 0750 and 0640 (11). */
    public boolean groupAccess() {
        return since(11);
    }

    // ---- pg_rewind, pg_basebackup ----

    /** A role without superuser rights can serve pg_rewind as source (11). */
    public boolean rewindRole() {
        return since(11);
    }

    /** pg_rewind replays the WAL of a crashed target itself (13). */
    public boolean rewindDoesOwnCrashRecovery() {
        return since(13);
    }

    /** pg_rewind can fetch missing WAL by {@code --restore-target-wal} (13). */
    public boolean rewindRestoresTargetWal() {
        return since(13);
    }

    /** pg_rewind takes {@code --config-file}, for a configuration outside of the data directory (15). */
    public boolean rewindConfigFile() {
        return since(15);
    }

    /** pg_basebackup can let the server compress: {@code --compress=server-…} (15). */
    public boolean serverSideCompression() {
        return since(15);
    }

    // ---- views and functions ----

    /** Functions {@code pg_control_checkpoint()} and friends (9.6). */
    public boolean controlFunctions() {
        return since(10);
    }

    /** {@code pg_replication_slot_advance} (11). */
    public boolean slotAdvance() {
        return since(11);
    }

    /** {@code pg_stat_wal_receiver} has written_lsn and flushed_lsn in place of received_lsn (13). */
    public boolean walReceiverWrittenLsn() {
        return since(13);
    }

    /** {@code pg_replication_slots} has wal_status (13). */
    public boolean walStatusColumn() {
        return since(13);
    }

    /** Logical slots with failover and synced, kept in step by the server itself (17). */
    public boolean failoverSlots() {
        return since(17);
    }

    /** {@code pg_stat_activity} knows backend_type (10). */
    public boolean backendType() {
        return since(10);
    }

    /** WAL files are named in functions {@code pg_wal_…} and tools {@code pg_waldump} (10). */
    public boolean walNames() {
        return since(10);
    }

    @Override
    public int compareTo(PostgresVersion other) {
        return Integer.compare(number, other.number);
    }

    /** As people write it: {@code 15.10}, or {@code 15} when the minor release is not known. */
    @Override
    public String toString() {
        return shown(number);
    }

    private boolean since(int major) {
        return number >= major * 10000;
    }

    private static String shown(int number) {
        return number % 10000 == 0 ? Integer.toString(number / 10000) : number / 10000 + "." + number % 10000;
    }

    private static String excerpt(String text) {
        String printable = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (printable.length() > 80 ? printable.substring(0, 80) + "…" : printable) + "'";
    }
}
