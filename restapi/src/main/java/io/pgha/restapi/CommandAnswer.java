package io.pgha.restapi;

import java.util.Map;

/** What came of a command. */
public sealed interface CommandAnswer {
    /** The status of HTTP. */
    int status();

    /**
     * One line.
     *
     * @param status of HTTP
     * @param line without a line break at its end
     */
    record Text(int status, String line) implements CommandAnswer {}

    /**
     * 200 and a JSON object.
     *
     * @param body values as Jackson takes them
     */
    record Json(Map<String, Object> body) implements CommandAnswer {
        @Override
        public int status() {
            return 200;
        }
    }

    /**
     * Exactly this text, without a line break.
     *
     * @param status of HTTP
     * @param text the body
     * @param headers more headers
     */
    record Bare(int status, String text, Map<String, String> headers) implements CommandAnswer {
        public Bare {
            headers = Map.copyOf(headers);
        }
    }

    /** One line of text. */
    static CommandAnswer text(int status, String line) {
        return new Text(status, line);
    }
}
