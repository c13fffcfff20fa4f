package io.pgha.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options for a program, written as a list ({@code - data-checksums}, {@code - encoding: UTF8}) or as a mapping
 * (facts §2.6, last paragraph). Which of them a program may be given is decided where it is called.
 *
 * @param options in the order of the file
 */
public record CommandOptions(List<Option> options) {

    /** No options. */
    public static final CommandOptions NONE = new CommandOptions(List.of());

    public CommandOptions {
        options = List.copyOf(options);
    }

    /**
     * One long option.
     *
     * @param name without the leading dashes
     * @param value what follows the equals sign, quotes already removed; empty for a switch
     */
    public record Option(String name, Optional<String> value) {

        /** As a command line argument, {@code --name} or {@code --name=value}. */
        public String argument() {
            return value.map(text -> "--" + name + "=" + text).orElse("--" + name);
        }
    }

    /** Reads what was written; entries of other shapes are left out, the validation has named them. */
    public static CommandOptions of(@Nullable Object written) {
        List<Option> result = new ArrayList<>();
        if (written instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> pair) {
                    addPairs(pair, result);
                } else if (item != null) {
                    result.add(option(item.toString()));
                }
            }
        } else if (written instanceof Map<?, ?> pairs) {
            addPairs(pairs, result);
        }
        return new CommandOptions(result);
    }

    /** Command line arguments in order. */
    public List<String> arguments() {
        return options.stream().map(Option::argument).toList();
    }

    // A list entry may also be written as on the command line: "encoding=UTF8" or "--encoding=UTF8".
    private static Option option(String text) {
        String bare = text.trim().replaceFirst("^--?", "");
        int equals = bare.indexOf('=');
        return equals < 0
                ? new Option(bare, Optional.empty())
                : new Option(bare.substring(0, equals), Optional.of(unquoted(bare.substring(equals + 1))));
    }

    private static void addPairs(Map<?, ?> pairs, List<Option> result) {
        pairs.forEach((name, value) -> {
            if (value != null && !value.toString().isEmpty()) {
                result.add(new Option(String.valueOf(name), Optional.of(unquoted(value.toString()))));
            }
        });
    }

    // Shell-style: quotes around parts of the value disappear, a backslash keeps the next character.
    static String unquoted(String text) {
        StringBuilder result = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                result.append(text.charAt(++i));
            } else {
                result.append(c);
            }
        }
        return quote == 0 ? result.toString() : text;
    }
}
