package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class PgpassTest {
    @Test
    void writesTheFileOfARealCluster() {
        Conninfo conninfo = Conninfo.parse("dbname=postgres user=replicator host=127.0.0.1 port=7100");
        assertThat(Pgpass.text(conninfo, "rep-pass")).isEqualTo(Samples.text("pg1.pgpass"));
    }

    @Test
    void hasALineForEachHostAndOneForLocalhostWithASocket() {
        assertThat(Pgpass.text(Conninfo.parse("user=u host=a,/run/pg port=1,2"), "p:\\"))
                .isEqualTo("a:1:*:u:p\\:\\\\\n/run/pg:2:*:u:p\\:\\\\\nlocalhost:2:*:u:p\\:\\\\\n");
        assertThat(Pgpass.text(Conninfo.parse("host=a,b port=7"), "p")).isEqualTo("a:7:*:*:p\nb:7:*:*:p\n");
        assertThat(Pgpass.text(Conninfo.EMPTY, "p")).isEqualTo("*:*:*:*:p\n");
        assertThat(Pgpass.text(Conninfo.parse("host=::1"), "p")).isEqualTo("\\:\\:1:*:*:*:p\n");
    }

    @Test
    void refusesLineBreaksAndDoesNotRepeatThePassword() {
        assertThatThrownBy(() -> Pgpass.text(Conninfo.EMPTY, "canary\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("password")
                .doesNotContain("canary");
        assertThatThrownBy(() -> Pgpass.text(Conninfo.EMPTY, "canary\r")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsAChangedPassword() {
        Conninfo conninfo = Conninfo.parse("user=replicator host=127.0.0.1 port=7100");
        String file = Samples.text("pg1.pgpass");
        assertThat(Pgpass.holds(file, conninfo, "rep-pass")).isTrue();
        assertThat(Pgpass.holds(file, conninfo, "other")).isFalse();
        assertThat(Pgpass.holds(file, conninfo.with("port", "7101"), "rep-pass"))
                .isFalse();
        assertThat(Pgpass.holds("", conninfo, "rep-pass")).isFalse();
        assertThat(Pgpass.holds("# 127.0.0.1:7100:*:replicator:rep-pass", conninfo, "rep-pass"))
                .isFalse();
    }

    @Property
    void libpqFindsThePasswordAgain(@ForAll @NotEmpty String user, @ForAll @NotEmpty String password) {
        String cleanUser = clean(user);
        String cleanPassword =
                clean(password).replace("\r", "x").replace("\n", "x").replace("\0", "x");
        Conninfo conninfo = new Conninfo(Map.of("user", cleanUser, "host", "h", "port", "1"));
        String file = Pgpass.text(conninfo, cleanPassword);
        assertThat(file.lines()).hasSize(1);
        assertThat(Pgpass.password(file, "h", "1", "any", cleanUser)).contains(cleanPassword);
    }

    @Property
    void noFileBreaksTheReader(@ForAll String content) {
        assertThat(Pgpass.password(content, "h", "1", "d", "u")).isNotNull();
    }

    private static String clean(String text) {
        String clean = text.codePoints()
                .filter(c -> Conninfo.problem("user", Character.toString(c)).isEmpty()
                        && c != 0x85
                        && c != 0x2028
                        && c != 0x2029)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.isEmpty() || clean.equals("*") ? "x" : clean;
    }
}
