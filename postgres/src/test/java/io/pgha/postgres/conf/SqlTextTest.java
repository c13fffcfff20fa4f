package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void quotesAreDoubled() {
        assertThat(SqlText.identifier("my\"role")).isEqualTo("\"my\"\"role\"");
        assertThat(SqlText.literal("it's")).isEqualTo("'it''s'");
        assertThat(SqlText.literal("a\\'b")).isEqualTo("E'a\\\\''b'");
        assertThat(SqlText.literal("")).isEqualTo("''");
    }

    @Test
    void whatPostgresCannotHoldIsRefused() {
        assertThatThrownBy(() -> SqlText.identifier("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SqlText.identifier("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SqlText.literal("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void anIdentifierReadsBackAsItWas(@ForAll @NotEmpty String name) {
        if (name.indexOf('\0') < 0) {
            String quoted = SqlText.identifier(name);
            assertThat(quoted).startsWith("\"").endsWith("\"");
            assertThat(unquoted(quoted, '"')).isEqualTo(name);
        }
    }

    @Property
    void aLiteralReadsBackAsItWas(@ForAll String value) {
        if (value.indexOf('\0') < 0) {
            String quoted = SqlText.literal(value);
            boolean escapes = quoted.startsWith("E");
            assertThat(escapes).isEqualTo(value.indexOf('\\') >= 0);
            String read = unquoted(escapes ? quoted.substring(1) : quoted, '\'');
            assertThat(escapes ? read.replace("\\\\", "\\") : read).isEqualTo(value);
        }
    }

    /** Reads a quoted text; fails when a single quote inside would end it early. */
    private static String unquoted(String quoted, char quote) {
        String inner = quoted.substring(1, quoted.length() - 1);
        String single = String.valueOf(quote);
        assertThat(inner.replace(single + single, "")).doesNotContain(single);
        return inner.replace(single + single, single);
    }
}
