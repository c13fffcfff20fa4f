package io.pgha.restapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.restapi.RestSettings.Credentials;
import io.pgha.restapi.TlsSettings.VerifyClient;
import io.pgha.tls.ClientContext;
import io.pgha.tls.OwnCertificate;
import io.pgha.tls.PemException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
    private static final Path FILES = Path.of("src/test/resources/tls");

    @ParameterizedTest
    @CsvSource({
        "server.crt,server.key,",
        "server.crt,server-encrypted.key,secret",
        "server.crt,server-pkcs1.key,",
        "ec.crt,ec.key,",
        "both.pem,,",
    })
    void everyFormatOfKeysServes(String certificates, String key, String password) throws Exception {
        TlsSettings tls = new TlsSettings(
                FILES.resolve(certificates),
                Optional.ofNullable(key).map(FILES::resolve),
                Optional.ofNullable(password),
                Optional.empty(),
                Optional.empty(),
                VerifyClient.NONE);
        try (Server server = Server.start(RestSettings.plain("127.0.0.1", 0).withTls(tls))) {
            assertThat(get(server, client(Optional.empty(), certificates.equals("ec.crt") ? "ec.crt" : "ca.crt")))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.crt     | nosuch.key            |       | nosuch.key does not exist",
                "nosuch.crt     | server.key            |       | nosuch.crt does not exist",
                "server.key     | server.key            |       | there is no certificate",
                "server.crt     | server.crt            |       | there is no private key",
                "server.crt     | server-encrypted.key  |       | set keyfile_password",
                "server.crt     | server-encrypted.key  | wrong | keyfile_password does not open",
                "server.crt     | server-old.key        | secret | convert it",
            })
    void filesThatCannotBeUsedAreNamed(String certificates, String key, String password, String message) {
        TlsSettings tls = new TlsSettings(
                FILES.resolve(certificates),
                Optional.of(FILES.resolve(key)),
                Optional.ofNullable(password),
                Optional.empty(),
                Optional.empty(),
                VerifyClient.NONE);
        assertThatThrownBy(() -> Server.start(RestSettings.plain("127.0.0.1", 0).withTls(tls)))
                .isInstanceOf(RestServerException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aRequiredCertificateIsDemandedInTheHandshake() throws Exception {
        try (Server server = Server.start(verifying(VerifyClient.REQUIRED))) {
            assertThat(get(server, client(Optional.of("client"), "ca.crt"))).isEqualTo(200);
            assertThatThrownBy(() -> get(server, client(Optional.empty(), "ca.crt")))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(server, client(Optional.of("stranger"), "ca.crt")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anOptionalCertificateIsDemandedForUnsafeRequestsOnly() throws Exception {
        try (Server server = Server.start(verifying(VerifyClient.OPTIONAL))) {
            HttpClient without = client(Optional.empty(), "ca.crt");
            assertThat(get(server, without)).isEqualTo(200);
            assertThat(post(server, without)).isEqualTo(403);
            assertThat(post(server, client(Optional.of("client"), "ca.crt"))).isEqualTo(501);
            assertThat(post(server, client(Optional.of("stranger"), "ca.crt"))).isEqualTo(403);
        }
    }

    @Test
    void withoutVerificationNobodyIsAskedForACertificate() throws Exception {
        try (Server server = Server.start(verifying(VerifyClient.NONE))) {
            for (Optional<String> who : List.of(Optional.<String>empty(), Optional.of("stranger"))) {
                assertThat(get(server, client(who, "ca.crt"))).isEqualTo(200);
                assertThat(post(server, client(who, "ca.crt"))).isEqualTo(501);
            }
            assertThatThrownBy(() -> get(server, client(Optional.empty(), "stranger.crt")))
                    .as("a server that the client does not trust")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void reloadTakesNewCertificatesAndKeepsTheOldOnesWhenTheyAreBroken() throws Exception {
        try (Server server = Server.start(verifying(VerifyClient.NONE))) {
            int port = server.port();
            RestSettings fixed = RestSettings.plain("127.0.0.1", port)
                    .withTls(verifying(VerifyClient.NONE).tls().orElseThrow());
            TlsSettings broken = new TlsSettings(
                    FILES.resolve("nosuch.crt"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    VerifyClient.NONE);
            assertThatThrownBy(() -> server.rest.reload(fixed.withTls(broken))).isInstanceOf(RestServerException.class);
            assertThat(get(server, client(Optional.empty(), "ca.crt"))).isEqualTo(200);
            TlsSettings ec = new TlsSettings(
                    FILES.resolve("ec.crt"),
                    Optional.of(FILES.resolve("ec.key")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    VerifyClient.NONE);
            server.rest.reload(fixed.withTls(ec));
            assertThat(get(server, client(Optional.empty(), "ec.crt"))).isEqualTo(200);
        }
    }

    @Test
    void plainHttpOnATlsPortHurtsNobody() throws Exception {
        try (Server server = Server.start(verifying(VerifyClient.NONE))) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream()
                        .write("GET /primary HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
            }
            assertThat(get(server, client(Optional.empty(), "ca.crt"))).isEqualTo(200);
        }
    }

    @Test
    void reloadChangesThePasswordWithoutANewSocket() throws Exception {
        try (Server server = Server.start()) {
            RestSettings changed = RestSettings.plain("127.0.0.1", 0)
                    .withAccess(Optional.of(new Credentials("a", "b")), List.of(), false);
            assertThat(Server.status(server.ask("POST", "/restart"))).isEqualTo(501);
            server.rest.reload(changed);
            assertThat(server.ask("POST", "/restart"))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Basic realm=\"Patroni\"");
            assertThat(Server.status(server.ask("GET", "/primary"))).isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsNamedWithTheRemedy() {
        try (Server server = Server.start()) {
            assertThatThrownBy(() -> Server.start(RestSettings.plain("127.0.0.1", server.port())))
                    .isInstanceOf(RestServerException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("another process has the port");
        }
    }

    private static RestSettings verifying(VerifyClient mode) {
        return RestSettings.plain("127.0.0.1", 0)
                .withTls(new TlsSettings(
                        FILES.resolve("server.crt"),
                        Optional.of(FILES.resolve("server.key")),
                        Optional.empty(),
                        Optional.of(FILES.resolve("ca.crt")),
                        Optional.empty(),
                        mode));
    }

    private static HttpClient client(Optional<String> certificate, String trusted) throws PemException {
        SSLContext context = ClientContext.verifying(
                certificate.map(name -> new OwnCertificate(
                        FILES.resolve(name + ".crt"), Optional.of(FILES.resolve(name + ".key")), Optional.empty())),
                Optional.of(FILES.resolve(trusted)));
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static int get(Server server, HttpClient client) throws IOException, InterruptedException {
        return send(client, HttpRequest.newBuilder(uri(server, "/primary")).GET());
    }

    private static int post(Server server, HttpClient client) throws IOException, InterruptedException {
        return send(client, HttpRequest.newBuilder(uri(server, "/restart")).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static int send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static URI uri(Server server, String path) {
        return URI.create("https://localhost:" + server.port() + path);
    }
}
