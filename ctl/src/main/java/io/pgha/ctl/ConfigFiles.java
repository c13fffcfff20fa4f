package io.pgha.ctl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which configuration file counts when {@code -c} is not given. */
final class ConfigFiles {
    private static final List<String> VARIABLES = List.of("HACTL_CONFIG_FILE", "PATRONICTL_CONFIG_FILE");
    private static final List<Path> PLACES = List.of(Path.of("/etc/pgha/pgha.yml"), Path.of("/etc/patroni/config.yml"));

    private ConfigFiles() {}

    /**
     * The file of {@code -c}, of an environment variable, or the first default place that exists.
     *
     * @throws CtlException when a file that was named does not exist or cannot be read
     */
    static Optional<Path> choose(Optional<Path> given, Map<String, String> environment) {
        if (given.isPresent()) {
            return Optional.of(existing(given.get(), "-c"));
        }
        for (String variable : VARIABLES) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return Optional.of(existing(Path.of(value), variable));
            }
        }
        return places(environment).stream().filter(Files::isReadable).findFirst();
    }

    /** What to do when nothing says where the DCS is. */
    static String howToSay(Map<String, String> environment) {
        StringBuilder text = new StringBuilder("there is no configuration that says where etcd is. Pass -c FILE"
                + " (the YAML of an agent), or -d etcd://HOST:2379/NAMESPACE. Looked for:");
        places(environment).forEach(place -> text.append("\n  ").append(place).append(reason(place)));
        text.append("\n  the variables ")
                .append(String.join(", ", VARIABLES))
                .append(" and PATRONI_ETCD3_HOSTS: not set");
        return text.toString();
    }

    private static String reason(Path place) {
        if (!Files.exists(place)) {
            return ": does not exist";
        }
        return Files.isReadable(place) ? ": has no section etcd or etcd3" : ": may not be read by this user";
    }

    private static List<Path> places(Map<String, String> environment) {
        List<Path> places = new ArrayList<>(PLACES);
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            places.add(Path.of(home, ".config", "patroni", "patronictl.yaml"));
        }
        return places;
    }

    private static Path existing(Path file, String source) {
        if (!Files.exists(file)) {
            throw new CtlException("the configuration file " + file + " (" + source + ") does not exist");
        }
        if (!Files.isReadable(file)) {
            throw new CtlException("the configuration file " + file + " (" + source + ") may not be read by this user");
        }
        return file;
    }
}
