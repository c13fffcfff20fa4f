package io.pgha.ctl;

import io.pgha.ctl.table.Format;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code -f}. */
final class FormatOption {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            converter = Converter.class,
            completionCandidates = Words.class,
            description = "One of pretty, tsv, json, yaml, topology.")
    Format format = Format.PRETTY;

    static final class Words extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Words() {
            super(java.util.List.of("pretty", "tsv", "json", "yaml", "topology"));
        }
    }

    static final class Converter implements picocli.CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return Format.parse(word)
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of pretty, tsv, json, yaml, topology, but was '" + word + "'"));
        }
    }
}
