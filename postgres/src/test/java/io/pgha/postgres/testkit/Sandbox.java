package io.pgha.postgres.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.postgres.copy.Removal;
import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where servers of one test live: a folder, ports, and the user that they run as. Closing it stops and removes all. */
public final class Sandbox implements AutoCloseable {
    private static final int FIRST_PORT = Integer.getInteger("pgha.test.firstPort", 21400);
    private static final int PORTS = 100;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() % PORTS));

    private final Path folder;
    private final ServerAccount account;
    private final List<PostgresNode> nodes = new ArrayList<>();

    private Sandbox(Path folder, ServerAccount account) {
        this.folder = folder;
        this.account = account;
    }

    /** Opens one; skips the test where PostgreSQL is not installed. */
    public static Sandbox open() {
        assumeTrue(Files.isExecutable(binDir().resolve("postgres")), "PostgreSQL is not installed in " + binDir());
        ServerAccount account =
                System.getProperty("user.name").equals("root") ? ServerAccount.of("postgres") : ServerAccount.own();
        try {
            Path folder = Files.createTempDirectory("pgha-test");
            account.handOver(folder);
            return new Sandbox(folder, account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the programs are; {@code -Dpgha.test.binDir} names another version's. */
    public static Path binDir() {
        return Path.of(System.getProperty("pgha.test.binDir", "/usr/lib/postgresql/15/bin"));
    }

    public Path folder() {
        return folder;
    }

    public ServerAccount account() {
        return account;
    }

    /** A member that does not exist yet. */
    public PostgresNode node(String name) {
        PostgresNode node = PostgresNode.in(this, name);
        nodes.add(node);
        return node;
    }

    /** A folder in it that the server's user may write to. */
    public Path makeFolder(String name) {
        try {
            Path made = Files.createDirectories(folder.resolve(name));
            account.handOver(made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An executable shell script. */
    public Path script(String name, String... lines) {
        try {
            Path script = folder.resolve(name);
            Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
            Files.setPosixFilePermissions(script, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int freePort() {
        for (int i = 0; i < PORTS; i++) {
            int port = FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException e) {
                // In use: the next one.
            }
        }
        throw new IllegalStateException("no free port from " + FIRST_PORT + " on");
    }

    @Override
    public void close() {
        nodes.forEach(PostgresNode::close);
        if (Boolean.getBoolean("pgha.test.keep")) {
            return;
        }
        try {
            Removal.clear(folder);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
