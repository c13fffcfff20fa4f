package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.wire.KeyLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that asks for client certificates. */
@Tag("real")
class EtcdTlsTest {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    private Path folder;

    private EtcdProcess etcd;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(EtcdProcess.isInstalled(), "etcd is not installed");
        assumeTrue(Files.isExecutable(OPENSSL), "openssl is not installed");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.crt");
        Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
        for (String name : List.of("server", "client")) {
            openssl("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                    + ".csr");
            openssl("x509 -req -days 2 -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile san -out "
                    + name + ".crt");
        }
        etcd = EtcdProcess.startWithTls(
                "--cert-file=" + folder.resolve("server.crt"),
                "--key-file=" + folder.resolve("server.key"),
                "--trusted-ca-file=" + folder.resolve("ca.crt"),
                "--client-cert-auth");
    }

    @AfterEach
    void stop() {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Test
    void aClientCertificateOpensTheDoor() {
        assertThat(read(tls("ca.crt", "client.crt", "client.key"))).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void anOldRsaKeyAndAKeyBesideItsCertificateWork() throws Exception {
        openssl("rsa -traditional -in client.key -out old.key");
        assertThat(folder.resolve("old.key")).content().contains("BEGIN RSA PRIVATE KEY");
        assertThat(read(tls("ca.crt", "client.crt", "old.key"))).isInstanceOf(DcsOutcome.Done.class);
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("client.crt")) + Files.readString(folder.resolve("old.key")));
        EtcdTls together = new EtcdTls(
                Optional.of(folder.resolve("ca.crt")), Optional.of(folder.resolve("both.pem")), Optional.empty());
        assertThat(read(together)).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void withoutAClientCertificateNothingIsDone() {
        EtcdTls anonymous = new EtcdTls(Optional.of(folder.resolve("ca.crt")), Optional.empty(), Optional.empty());
        assertThat(read(anonymous).isDone()).isFalse();
    }

    @Test
    void aForeignAuthorityIsNotTrusted() throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout other.key -out other.crt");
        assertThat(read(tls("other.crt", "client.crt", "client.key"))).isInstanceOf(DcsOutcome.Unavailable.class);
        assertThat(read(EtcdTls.NONE).isDone()).isFalse();
    }

    @Test
    void aMissingOrBrokenFileIsNamed() throws Exception {
        assertThat(read(tls("gone.crt", "client.crt", "client.key")).reason()).contains("gone.crt");
        Files.writeString(folder.resolve("broken.key"), "nothing");
        assertThat(read(tls("ca.crt", "client.crt", "broken.key")).reason()).contains("broken.key");
    }

    private EtcdTls tls(String cacert, String cert, String key) {
        return new EtcdTls(
                Optional.of(folder.resolve(cacert)),
                Optional.of(folder.resolve(cert)),
                Optional.of(folder.resolve(key)));
    }

    private DcsOutcome<?> read(EtcdTls tls) {
        EtcdSettings settings = new EtcdSettings(
                EtcdEndpoints.of(List.of(etcd.url())),
                Optional.empty(),
                tls,
                KeyLayout.of("service", "tls"),
                "a",
                Duration.ofSeconds(10),
                Duration.ofSeconds(6));
        try (EtcdDcs dcs = new EtcdDcs(settings, EtcdWorld.CLOCK)) {
            return dcs.read();
        }
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("openssl " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
