package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1:5433|10.0.0.1|5433|10.0.0.1",
                "10.0.0.1|10.0.0.1|5432|10.0.0.1",
                "*:5432|*|5432|localhost",
                "10.0.0.1, 127.0.0.1:5432|10.0.0.1,127.0.0.1|5432|localhost",
                "[2001:db8::1],127.0.0.1:1|2001:db8::1,127.0.0.1|1|localhost",
                "::1,10.0.0.1:5432|::1,10.0.0.1|5432|::1",
                "[::]:5432|::|5432|::",
            })
    void addressesToListenAtAreReadAsPatroniDoes(String text, String addresses, int port, String local) {
        ListenAddress listen = ListenAddress.parse(text).orElseThrow();

        assertThat(listen.listenAddresses()).isEqualTo(addresses);
        assertThat(listen.port()).isEqualTo(port);
        assertThat(listen.localHost()).isEqualTo(local);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":5432", ",:5432", "a:b", "a:70000"})
    void nonsenseIsNoListenAddress(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a:1,a,1", "[::1]:2,::1,2", "a,a,9", "::1,::1,9", "[::1],::1,9", ":8008,'',8008"})
    void hostAndPortAreSeparated(String text, String host, int port) {
        assertThat(HostPort.parse(text, 9)).contains(new HostPort(host, port));
    }

    @Test
    void hostAndPortArePrintedWithBracketsWhereNeeded() {
        assertThat(new HostPort("::1", 2)).hasToString("[::1]:2");
        assertThat(new HostPort("a", 2)).hasToString("a:2");
    }

    @Test
    void wildcardsAndLoopbacksAreRecognised() {
        assertThat(new HostPort("*", 1).wildcard()).isTrue();
        assertThat(new HostPort("", 1).wildcard()).isTrue();
        assertThat(new HostPort("::", 1).wildcard()).isTrue();
        assertThat(new HostPort("127.0.0.1", 1).loopback()).isTrue();
        assertThat(new HostPort("10.0.0.1", 1).loopback()).isFalse();
    }
}
