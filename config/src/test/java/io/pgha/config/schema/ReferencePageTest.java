package io.pgha.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.EnvironmentVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        List<String> unsupported = List.of("CONSUL", "EXHIBITOR", "KUBERNETES", "RAFT", "ZOOKEEPER");
        List<String> variables = EnvironmentVariables.known().entrySet().stream()
                .filter(entry -> unsupported.stream().noneMatch(entry.getKey()::startsWith))
                .filter(entry -> known(entry.getValue().elements()))
                .map(entry -> "| `PGHA_" + entry.getKey() + "` | `" + entry.getValue() + "` |")
                .toList();
        String page = ReferencePage.markdown(variables);
        if (Boolean.getBoolean("pgha.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("stale: run with -Dpgha.docs.write=true")
                .exists()
                .content()
                .isEqualTo(page);
    }

    // etcd has fewer keys than the variables that Patroni reads for any DCS.
    private static boolean known(List<String> elements) {
        Schema.Node node = Schema.instance().local();
        for (String element : elements) {
            var child = node.child(element);
            if (child.isEmpty()) {
                return false;
            }
            node = child.get();
        }
        return true;
    }
}
