package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "postgres://127.0.0.1:7100/postgres; dbname=postgres host=127.0.0.1 port=7100",
                "postgresql://db-1.example.com/app; dbname=app host=db-1.example.com port=5432",
                "postgres://[2001:db8::1]:5433/postgres; dbname=postgres host=2001:db8::1 port=5433",
                "postgres://[fe80::1%eth0]/; host=fe80::1%eth0 port=5432",
                "postgres://a:5432,b:5433/x; dbname=x host=a,b port=5432,5433",
                "postgres://a,b:6000/x; dbname=x host=a,b port=6000",
                "postgres://a:6000,b/x; dbname=x host=a,b port=6000,5432",
                "postgres://h:1/my%20db; dbname=my\\ db host=h port=1"
            })
    void readsHostsPortsAndDatabase(String url, String conninfo) {
        assertThat(MemberUrl.parse(url).orElseThrow().conninfo().text()).isEqualTo(conninfo);
    }

    @Test
    void leavesUserAndOptionsOfAForgedUrlWhereTheyAre() {
        assertThat(MemberUrl.parse("postgres://evil:pw@h:1/db?sslmode=disable&passfile=/etc/shadow#x")
                        .orElseThrow()
                        .conninfo()
                        .text())
                .isEqualTo("dbname=db host=h port=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://h:1/",
                "postgres://",
                "postgres:///db",
                "postgres://h:0/x",
                "postgres://h:65536/x",
                "postgres://h:x/x",
                "postgres://%2Ftmp/x",
                "postgres:///tmp:5432/x",
                "postgres://h,/x",
                "postgres://-h/x",
                "postgres://a b/x",
                "postgres://a'b/x",
                "postgres://::1:5432/x",
                "postgres://h:1/a%0ab",
                "postgres://h:1/a%zz",
                "postgres://h:1/a%2",
                "postgres://h:1/x\n"
            })
    void refusesWhatIsNone(String url) {
        assertThat(MemberUrl.parse(url)).isEmpty();
    }

    @Property
    void noTextBreaksTheParser(@ForAll String text) {
        assertThat(MemberUrl.parse("postgres://" + text)
                        .map(url -> url.conninfo().text()))
                .isNotNull();
    }
}
