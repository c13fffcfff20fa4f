package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.decide.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page for operators is generated from the table; {@code -Dpgha.docs.write=true} writes it. */
class DecisionTablePageTest {
    private static final Path PAGE = Path.of("..", "docs", "decision-table.md");

    @Test
    void thePageIsThatOfTheTable() throws IOException {
        String wanted = page();
        if (Boolean.getBoolean("pgha.docs.write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/decision-table.md is stale: run mvn -pl core test -Dpgha.docs.write=true")
                .isEqualTo(wanted);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("# The decision table\n\n"
                + "Generated from `DecisionTable`. In every cycle the rules are asked in this order, and the first that"
                + " matches decides.\nThe name of the rule stands in the log, in `GET /patroni` and in the metric"
                + " `pgha_decisions_total`.\n");
        String section = "";
        int number = 0;
        for (Rule rule : DecisionTable.standard().rules()) {
            String here = rule.getClass().getPackageName().replaceAll(".*\\.", "");
            if (!here.equals(section)) {
                section = here;
                page.append("\n## ")
                        .append(title(here))
                        .append("\n\n| | rule | when, and what then |\n|---|---|---|\n");
            }
            number++;
            page.append("| ")
                    .append(number)
                    .append(" | `")
                    .append(rule.id())
                    .append("` | ")
                    .append(rule.says())
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String title(String section) {
        return switch (section) {
            case "paused" -> "The cluster is paused";
            case "shutdown" -> "The agent was told to stop";
            case "outage" -> "The DCS could not be read";
            case "busy" -> "A Job runs";
            case "bootstrap" -> "A new cluster";
            case "data" -> "The data directory";
            case "operator" -> "An operator ordered something from this node";
            case "recover" -> "PostgreSQL does not run, or its history has parted from the leader's";
            case "standbycluster" -> "A cluster that follows another one";
            case "leaderless" -> "Nobody leads";
            case "leading" -> "This member leads";
            case "switchover" -> "A switchover or failover was asked for";
            case "following" -> "Another member leads";
            default -> throw new IllegalStateException("a section without a title: " + section);
        };
    }
}
