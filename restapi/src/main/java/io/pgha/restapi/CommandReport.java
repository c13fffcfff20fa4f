package io.pgha.restapi;

import java.time.Duration;
import java.util.Map;

/**
 * A command that was asked for, and what came of it: for the record.
 *
 * @param request method and path, for example {@code POST /switchover}
 * @param caller who asked
 * @param body what was asked for; empty: no body
 * @param status of HTTP
 * @param answer the line of the answer; empty text where it was JSON
 * @param took how long it took
 */
public record CommandReport(
        String request, Caller caller, Map<String, Object> body, int status, String answer, Duration took) {
    /** The header in which hactl says who called it. */
    public static final String OPERATOR = "X-Pgha-Operator";

    /**
     * Who asked.
     *
     * @param address where the connection came from
     * @param login the user name of the credentials, proven where authentication is configured; may be empty text
     * @param operator user and host as hactl told them, unproven; empty text when it was not hactl
     */
    public record Caller(String address, String login, String operator) {}
}
