package io.pgha.ctl;

import picocli.CommandLine.Option;

/** The option {@code --help}, which picocli itself acts on. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused")
    private boolean help;
}
