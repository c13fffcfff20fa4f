package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void wordsAreSplitAsAShellSplitsThem() {
        assertThat(ShellWords.split("  /opt/cb.sh --x='a b' \"c \\\" d\" e\\ f '' "))
                .contains(List.of("/opt/cb.sh", "--x=a b", "c \" d", "e f", ""));
    }

    @Test
    void nothingIsExpanded() {
        assertThat(ShellWords.split("$(reboot) `x` $HOME *;rm")).contains(List.of("$(reboot)", "`x`", "$HOME", "*;rm"));
    }

    @Test
    void anOpenQuoteIsNoCommandLine() {
        assertThat(ShellWords.split("a 'b")).isEmpty();
        assertThat(ShellWords.split("a \"b")).isEmpty();
        assertThat(ShellWords.split("a \\")).isEmpty();
    }

    @Property
    void aQuotedWordComesBackAsItWas(@ForAll String word) {
        assertThat(ShellWords.split("'" + word.replace("'", "'\\''") + "'")).contains(List.of(word));
    }
}
