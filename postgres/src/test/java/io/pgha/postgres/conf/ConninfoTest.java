package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConninfoTest {
    @Test
    void writesKeywordsInPatronisOrder() {
        Conninfo conninfo = new Conninfo(Map.of(
                "application_name", "pg1", "host", "127.0.0.1", "dbname", "postgres", "zz_own", "x", "user", "u"));
        assertThat(conninfo.text()).isEqualTo("dbname=postgres user=u host=127.0.0.1 application_name=pg1 zz_own=x");
    }

    @Test
    void escapesBlanksQuotesAndBackslashesAsPatroniDoes() {
        assertThat(new Conninfo(Map.of("application_name", "my node's \\")).text())
                .isEqualTo("application_name=my\\ node\\'s\\ \\\\");
    }

    @Test
    void quotesWhatALocaleMayTakeForABlank() {
        assertThat(new Conninfo(Map.of("application_name", "zwei Wörter\t'")).text())
                .isEqualTo("application_name='zwei Wörter\t\\''");
    }

    @Test
    void readsAllThatLibpqReads() {
        assertThat(Conninfo.parse(" host = a  port=5432 user='it\\'s me' dbname='' application_name=a\\ b ")
                        .values())
                .isEqualTo(Map.of(
                        "host", "a", "port", "5432", "user", "it's me", "dbname", "", "application_name", "a b"));
        assertThat(Conninfo.parse("").values()).isEmpty();
        assertThat(Conninfo.parse("host=a host=b").value("host")).contains("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host a", "user='a", "=x", "host=a\nb", "a\"b=c", "HOST=a"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Conninfo.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "a\u001bb", "a\u007fb", "\ud800"})
    void refusesControlCharactersAndDoesNotRepeatThem(String password) {
        assertThatThrownBy(() -> new Conninfo(Map.of("password", password)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password")
                .hasMessageContaining("U+")
                .message()
                .doesNotContain(password);
    }

    @Test
    void neverShowsAPassword() {
        Conninfo conninfo = new Conninfo(Map.of("user", "u", "password", "canary", "sslpassword", "canary"));
        assertThat(conninfo.toString()).doesNotContain("canary").contains("user=u");
        assertThat(conninfo.withoutPassword().value("password")).isEmpty();
    }

    @Test
    void anEmptyValueTakesAKeywordAway() {
        assertThat(new Conninfo(Map.of("krbsrvname", "x")).with("krbsrvname", ""))
                .isEqualTo(Conninfo.EMPTY);
    }

    @Property(tries = 2000)
    void comesBackAsItWas(@ForAll("values") Map<String, String> values) {
        assertThat(Conninfo.parse(new Conninfo(values).text()).values()).isEqualTo(values);
    }

    @Property(tries = 2000)
    void noTextBreaksTheParser(@ForAll String text) {
        try {
            assertThat(Conninfo.parse(text)).isNotNull();
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching("[\\x20-\\x7e…]*");
        }
    }

    @Provide
    Arbitrary<Map<String, String>> values() {
        Arbitrary<String> value = Arbitraries.strings()
                .withChars(" '\\=\tabc:,#ö€\u00a0\u0085\u2028")
                .ofMaxLength(12);
        return Arbitraries.maps(Arbitraries.of(Conninfo.ORDER), value).map(LinkedHashMap::new);
    }

    @Test
    void hostileNamesStayInTheirValue() {
        List<String> carried = Samples.HOSTILE.stream()
                .filter(name -> Conninfo.problem("application_name", name).isEmpty())
                .toList();
        assertThat(carried).hasSizeGreaterThan(30).doesNotContain("\n", "\r", "a\0b", "\u001b[31m");
        for (String name : carried) {
            String text = new Conninfo(Map.of("application_name", name, "host", "good")).text();
            assertThat(Conninfo.parse(text).values()).isEqualTo(Map.of("application_name", name, "host", "good"));
        }
    }
}
