package io.pgha.it.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whose agents a cluster runs. */
public enum Software {
    PGHA {
        @Override
        public List<String> agent(Path configuration) {
            return List.of(INSTALLATION.resolve("bin/pgha").toString(), configuration.toString());
        }

        @Override
        public List<String> ctl(Path configuration) {
            return List.of(INSTALLATION.resolve("bin/hactl").toString(), "-c", configuration.toString());
        }
    },
    PATRONI {
        @Override
        public List<String> agent(Path configuration) {
            return List.of("patroni", configuration.toString());
        }

        @Override
        public List<String> ctl(Path configuration) {
            return List.of("patronictl", "-c", configuration.toString());
        }
    };

    /** What the build has assembled, or a copy of it where PostgreSQL's user cannot reach it. */
    private static final Path INSTALLATION = installation();

    /** The command that runs an agent. */
    public abstract List<String> agent(Path configuration);

    /** The operator's command. */
    public abstract List<String> ctl(Path configuration);

    private static Path installation() {
        Path built = Machine.sources().resolve("dist/target/pgha");
        Path launcher = built.resolve("bin/pgha");
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException(launcher + " is missing: mvn -pl dist -am package -DskipTests");
        }
        String readable = Daemon.run(Machine.asOwner(List.of("sh", "-c", "test -x '" + launcher + "' && echo yes")));
        if (readable.strip().equals("yes")) {
            return built;
        }
        Path copy = Machine.scratch().resolve("pgha");
        Daemon.run(List.of("cp", "-r", built.toString(), copy.toString()));
        // The archives are tied to the place of the jars.
        Daemon.run(List.of(copy.resolve("bin/pgha-train").toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Cluster.remove(copy.getParent())));
        if (!Files.isExecutable(copy.resolve("bin/pgha"))) {
            throw new IllegalStateException("cannot copy " + built + " to " + copy);
        }
        return copy;
    }
}
