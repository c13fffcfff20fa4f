package io.pgha.postgres.conf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files of a real Patroni 4.1.4 cluster, and values that somebody may try to get past us. */
final class Samples {
    /** Names and values of class H in the list of bad inputs. */
    static final List<String> HOSTILE = List.of(
            "'",
            "\"",
            "\\",
            " ",
            "\t",
            "\n",
            "\r",
            ";",
            "$(touch /tmp/x)",
            "`id`",
            "%f %p",
            "{}",
            ":",
            ",",
            "*",
            "=",
            "#",
            "@",
            "/",
            "../../etc/passwd",
            "-D",
            "--version",
            "a".repeat(63),
            "a".repeat(64),
            "a".repeat(255),
            "A-b",
            "a.b",
            "\u202eabc",
            "😀",
            "e\u0301",
            "\u001b[31m",
            "postgres",
            "ANY 1 (*)",
            "FIRST 2 (x)",
            "template1",
            "12345",
            "a' host=evil",
            "a\\' host=evil",
            "x' ; include '/etc/passwd",
            "a\nfsync = 'off'\n",
            "a\u0000b",
            "zwei Wörter",
            "\u00a0nbsp\u0085",
            "trailing\\");

    private Samples() {}

    static String text(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("samples/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no sample " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
