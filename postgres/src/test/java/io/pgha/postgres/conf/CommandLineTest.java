package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void splitsLikeAShellWithoutBeingOne() {
        assertThat(CommandLine.split("pgbackrest --stanza='my db' archive-get %f \"%p\""))
                .containsExactly("pgbackrest", "--stanza=my db", "archive-get", "%f", "%p");
        assertThat(CommandLine.split("  a\tb\nc\r\n")).containsExactly("a", "b", "c");
        assertThat(CommandLine.split("a'b'\"c\"d '' \"\"")).containsExactly("abcd", "", "");
        assertThat(CommandLine.split("\"a\\\"b\\\\c\\d\" 'a\\b' a\\ b \\'"))
                .containsExactly("a\"b\\c\\d", "a\\b", "a b", "'");
        assertThat(CommandLine.split("echo $HOME; rm -rf * | cat `id` # no comment"))
                .containsExactly("echo", "$HOME;", "rm", "-rf", "*", "|", "cat", "`id`", "#", "no", "comment");
        assertThat(CommandLine.split("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a\\", "\"a\\", "a\0b"})
    void refusesWhatHasNoEnd(String command) {
        assertThatThrownBy(() -> CommandLine.split(command)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesQuotesOffASingleWordOnly() {
        assertThat(CommandLine.unquote("'a b'")).isEqualTo("a b");
        assertThat(CommandLine.unquote("a b")).isEqualTo("a b");
        assertThat(CommandLine.unquote("it's")).isEqualTo("it's");
    }

    @Property
    void quotedWordsComeBackAsTheyWere(@ForAll List<String> words) {
        List<String> safe = words.stream().map(word -> word.replace("\0", "")).toList();
        String command = safe.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        assertThat(CommandLine.split(command)).isEqualTo(safe);
    }
}
