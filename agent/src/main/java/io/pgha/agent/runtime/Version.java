package io.pgha.agent.runtime;

/** This program's version, as the build wrote it into the jar. */
final class Version {
    private Version() {}

    /** For example {@code 0.1.0}; {@code development} outside a jar. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
