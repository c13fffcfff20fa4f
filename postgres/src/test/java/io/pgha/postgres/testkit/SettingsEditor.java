package io.pgha.postgres.testkit;

import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.PostgresSettings.BootstrapSettings;
import io.pgha.postgres.PostgresSettings.Credentials;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Settings with one component after the other replaced. */
public record SettingsEditor(PostgresSettings settings) {
    /** One more parameter. */
    public SettingsEditor parameter(String name, String value) {
        Map<String, String> parameters = new HashMap<>(settings.parameters());
        parameters.put(name, value);
        return replace("parameters", parameters);
    }

    /** One parameter less. */
    public SettingsEditor without(String name) {
        Map<String, String> parameters = new HashMap<>(settings.parameters());
        parameters.remove(name);
        return replace("parameters", parameters);
    }

    public SettingsEditor superuser(Credentials credentials) {
        return replace("superuser", credentials);
    }

    public SettingsEditor replication(Credentials credentials) {
        return replace("replication", credentials);
    }

    public SettingsEditor binDir(Path directory) {
        return replace("binDir", directory);
    }

    public SettingsEditor dataDir(Path directory) {
        return replace("dataDir", directory).replace("configDir", directory);
    }

    public SettingsEditor configDir(Path directory) {
        return replace("configDir", directory);
    }

    public SettingsEditor port(int port) {
        return replace("port", port);
    }

    public SettingsEditor pgHba(List<String> lines) {
        return replace("pgHba", Optional.of(lines));
    }

    public SettingsEditor unixSocket() {
        return replace("useUnixSocket", true);
    }

    public SettingsEditor recoveryConf(Map<String, String> recovery) {
        return replace("recoveryConf", recovery);
    }

    public SettingsEditor rewind(Credentials credentials) {
        return replace("rewind", credentials);
    }

    /** Another program in place of one of PostgreSQL's. */
    public SettingsEditor program(String name, Path file) {
        Map<String, String> names = new HashMap<>(settings.programNames());
        names.put(name, file.toString());
        return replace("programNames", names);
    }

    public SettingsEditor rejoinTimeout(Duration timeout) {
        return replace("rejoinTimeout", timeout);
    }

    public SettingsEditor prePromote(String command) {
        return replace("prePromote", Optional.of(command));
    }

    public SettingsEditor method(String name, Map<String, Object> section) {
        Map<String, Map<String, Object>> methods = new HashMap<>(settings.methods());
        methods.put(name, section);
        return replace("methods", methods).replace("createReplicaMethods", List.of(name));
    }

    public SettingsEditor bootstrap(UnaryOperator<BootstrapSettings> change) {
        return replace("bootstrap", change.apply(settings.bootstrap()));
    }

    private SettingsEditor replace(String component, Object value) {
        RecordComponent[] components = PostgresSettings.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(settings);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return new SettingsEditor(
                    PostgresSettings.class.getDeclaredConstructor(types).newInstance(values));
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
