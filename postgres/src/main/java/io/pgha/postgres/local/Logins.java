package io.pgha.postgres.local;

import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.conf.MemberUrl;
import io.pgha.postgres.sql.Endpoint;
import io.pgha.postgres.sql.Heartbeat;
import io.pgha.postgres.sql.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which sessions the configuration asks for (facts §2.6 and §6.7). */
final class Logins {
    private static final Duration STATEMENT = Duration.ofSeconds(2);
    private static final Duration REMOTE_STATEMENT = Duration.ofSeconds(3);
    private static final List<String> EVERYWHERE = List.of("*", "localhost", "0.0.0.0", "127.0.0.1");
    private static final List<Path> USUAL_SOCKET_DIRECTORIES = List.of(Path.of("/var/run/postgresql"), Path.of("/tmp"));

    private Logins() {}

    /** The superuser's sessions of the loop. */
    static Login heartbeat(PostgresSettings settings) {
        return Login.local(
                local(settings, settings.useUnixSocket()),
                settings.database(),
                settings.superuser(),
                Heartbeat.APPLICATION_NAME,
                STATEMENT);
    }

    /** A replication session with the own server. */
    static Login localReplication(PostgresSettings settings) {
        return Login.local(
                local(settings, settings.useUnixSocketForReplication()),
                settings.database(),
                settings.replication(),
                Heartbeat.APPLICATION_NAME,
                STATEMENT);
    }

    /** A session with another member, or empty when its URL is none. */
    static Optional<Login> remote(PostgresSettings settings, String connUrl, Credentials credentials) {
        return MemberUrl.parse(connUrl)
                .map(url -> Login.remote(
                        Endpoint.tcp(
                                url.hosts().get(0).host(), url.hosts().get(0).port()),
                        url.database().isEmpty() ? settings.database() : url.database(),
                        credentials,
                        settings.memberName(),
                        REMOTE_STATEMENT));
    }

    /** Where the own server is reached. */
    static Endpoint local(PostgresSettings settings, boolean unixSocket) {
        Optional<Path> socket = unixSocket ? socketDirectory(settings) : Optional.empty();
        return new Endpoint(address(settings.listenAddresses()), settings.port(), socket);
    }

    private static String address(String listenAddresses) {
        List<String> addresses =
                Arrays.stream(listenAddresses.split(",")).map(String::strip).toList();
        return addresses.stream().anyMatch(EVERYWHERE::contains) ? "localhost" : addresses.get(0);
    }

    private static Optional<Path> socketDirectory(PostgresSettings settings) {
        String configured = settings.parameters().get("unix_socket_directories");
        if (configured == null) {
            return USUAL_SOCKET_DIRECTORIES.stream().filter(Files::isDirectory).findFirst();
        }
        return Arrays.stream(configured.split(","))
                .map(String::strip)
                .filter(directory -> directory.startsWith("/"))
                .map(Path::of)
                .findFirst();
    }
}
