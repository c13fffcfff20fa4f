package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReinitializeCommandTest {
    @Test
    void keysThatMeanNothingAreNamed() {
        assertThat(ReinitializeCommand.strangers(Map.of())).isEmpty();
        assertThat(ReinitializeCommand.strangers(Map.of("force", true, "from_leader", true, "from-leader", false)))
                .isEmpty();
        assertThat(ReinitializeCommand.strangers(Map.of("fromleader", true, "a\nb", 1, "force", true)))
                .contains("a?b, fromleader");
    }
}
