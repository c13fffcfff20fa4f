package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.restapi.AccessControl.Caller;
import io.pgha.restapi.AccessControl.Refusal;
import io.pgha.restapi.RestSettings.Credentials;
import io.pgha.restapi.TlsSettings.VerifyClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {
    private static final RestSettings OPEN = RestSettings.plain("", 0);
    private static final Optional<Credentials> LOGIN = Optional.of(new Credentials("admin", "se:cret ü"));

    @Test
    void withoutSettingsEverybodyMay() {
        assertThat(check(OPEN, "203.0.113.9", Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,10.0.0.0/8,true",
        "11.1.2.3,10.0.0.0/8,false",
        "10.0.0.129,10.0.0.128/25,true",
        "10.0.0.127,10.0.0.128/25,false",
        "10.0.0.1,10.0.0.1,true",
        "10.0.0.2,10.0.0.1,false",
        "::ffff:10.0.0.1,10.0.0.1,true",
        "2001:db8::1,2001:db8::/32,true",
        "2001:db9::1,2001:db8::/32,false",
        "10.0.0.1,::/0,false",
        "10.0.0.1,0.0.0.0/0,true",
        "127.0.0.1,localhost,true",
        "10.0.0.1,no-such-host.invalid,false",
        "10.0.0.1,10.0.0.0/99,false",
        "10.0.0.1,10.0.0.0/x,false",
    })
    void anAllowlistTakesAddressesNetworksAndNames(String address, String entry, boolean allowed) {
        RestSettings settings = OPEN.withAccess(Optional.empty(), List.of(entry), false);
        assertThat(check(settings, address, Optional.empty()).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void membersMayWhereTheyAreIncluded() throws UnknownHostException {
        RestSettings settings = OPEN.withAccess(Optional.empty(), List.of(), true);
        Set<InetAddress> members = Set.of(InetAddress.getByName("10.0.0.7"));
        AccessControl access = AccessControl.of(settings);
        assertThat(access.check(caller("10.0.0.7", Optional.empty()), () -> members))
                .isEmpty();
        assertThat(access.check(caller("10.0.0.8", Optional.empty()), () -> members))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void theRightPasswordIsLetIn() {
        assertThat(check(protectedByPassword(), "10.0.0.1", Optional.of(basic("admin:se:cret ü"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic !!!",
                "Bearer abc",
                "Basic YWRtaW46",
                "Digest username=admin",
                "basic"
            })
    void anyOtherHeaderIsNot(String header) {
        Refusal refusal =
                check(protectedByPassword(), "10.0.0.1", Optional.of(header)).orElseThrow();
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.challenge()).isTrue();
        assertThat(refusal.text()).doesNotContain("se:cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin:se:cret", "admin:", ":se:cret ü", "admin", "ADMIN:se:cret ü", "admin:se:cret ü "})
    void aWrongPasswordIsNot(String login) {
        assertThat(check(protectedByPassword(), "10.0.0.1", Optional.of(basic(login))))
                .isPresent();
    }

    @Test
    void theAddressIsCheckedBeforeThePassword() {
        RestSettings settings = OPEN.withAccess(LOGIN, List.of("10.0.0.1"), false);
        assertThat(check(settings, "10.0.0.2", Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void aCertificateIsDemandedWhereClientsAreVerified() {
        TlsSettings tls = new TlsSettings(
                Path.of("c"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                VerifyClient.OPTIONAL);
        assertThat(check(OPEN.withTls(tls), "10.0.0.1", Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(protectedByPassword().toString()).doesNotContain("se:cret");
    }

    private static RestSettings protectedByPassword() {
        return OPEN.withAccess(LOGIN, List.of(), false);
    }

    private static Optional<Refusal> check(RestSettings settings, String address, Optional<String> authorization) {
        return AccessControl.of(settings).check(caller(address, authorization), Set::of);
    }

    private static Caller caller(String address, Optional<String> authorization) {
        try {
            return new Caller(InetAddress.getByName(address), false, authorization);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    }
}
