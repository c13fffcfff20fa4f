package io.pgha.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines of pg_hba.conf and pg_ident.conf, judged beforehand by real servers. */
class HbaLineTest {

    private static Stream<String> lines(String verdict) throws IOException {
        try (InputStream table = HbaLineTest.class.getResourceAsStream("/hba/lines.txt")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith(verdict + "|"))
                    .map(line -> line.substring(verdict.length() + 1));
        }
    }

    @Test
    void whatSomePostgresTakesIsTaken() throws IOException {
        List<String> refused = Stream.concat(lines("good"), lines("some"))
                .filter(line -> !line.endsWith("\\"))
                .flatMap(line -> HbaLine.complaint(line).map(why -> line + " -> " + why).stream())
                .toList();
        assertThat(refused).isEmpty();
        assertThat(lines("good")).hasSizeGreaterThan(60);
    }

    @Test
    void whatNoPostgresTakesIsRefused() throws IOException {
        assertThat(lines("bad").filter(line -> HbaLine.complaint(line).isEmpty()))
                // For these one must ask a name server, or know the network cards and the modules of that machine.
                .containsExactlyInAnyOrder(
                        "host all all fe80::1%nosuch/64 md5",
                        "local all all radius radiusservers=nosuchhost.invalid radiussecrets=x",
                        "local all all radius radiusservers=\"127.0.0.1,127.0.0.1\" radiussecrets=\"a,b,c\"",
                        "local all all radius radiusservers=127.0.0.1 radiussecrets=x radiusports=a",
                        "local all all oauth issuer=a scope=b validator=x");
        assertThat(lines("bad")).hasSizeGreaterThan(60);
    }

    @Test
    void linesOfAMap() {
        assertThat(List.of("m sys db", "m /^(.*)@x$ \\1", "m \"a b\" db # x", "m sys db more", "", "# x", "include f"))
                .allSatisfy(line -> assertThat(HbaLine.complaintOfMap(line)).isEmpty());
        assertThat(List.of("m sys", "m", "m a,b db", "m sys a,b", "a,b sys db", "\"m sys db", "m sys #db"))
                .allSatisfy(line -> assertThat(HbaLine.complaintOfMap(line)).isPresent());
    }
}
