package io.pgha.postgres.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operating system's user that PostgreSQL runs as: usually that of this process. PostgreSQL refuses to run as root;
 * a root process that has to drive it (a test) names another user here.
 *
 * @param user empty: the user of this process
 */
public record ServerAccount(Optional<String> user) {
    private static final ServerAccount OWN = new ServerAccount(Optional.empty());

    /** The user of this process. */
    public static ServerAccount own() {
        return OWN;
    }

    /** Another user; only root can switch to one. */
    public static ServerAccount of(String user) {
        return new ServerAccount(Optional.of(user));
    }

    /** What to run so that the command runs as that user; needs util-linux's setpriv for another one. */
    public List<String> command(List<String> command) {
        if (user.isEmpty()) {
            return command;
        }
        String name = user.get();
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid", name, "--regid", name, "--init-groups", "--"));
        whole.addAll(command);
        return whole;
    }

    /** Gives a file that this process wrote to that user; does nothing for the own one. */
    public void handOver(Path file) throws IOException {
        if (user.isEmpty()) {
            return;
        }
        UserPrincipalLookupService users = file.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setOwner(users.lookupPrincipalByName(user.get()));
        view.setGroup(users.lookupPrincipalByGroupName(user.get()));
    }

    /** Whether children would run as root, which PostgreSQL refuses. */
    public boolean isRoot() {
        return user.orElse(System.getProperty("user.name", "")).equals("root");
    }
}
