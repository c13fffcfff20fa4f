package io.pgha.dcs.memory;

import java.time.Duration;

/**
 * What becomes of one request.
 *
 * @param kind whether the request and its reply arrive
 * @param requestDelay time until the request is carried out; when it is longer than the caller waits, it is carried out
 *     all the same, later
 * @param replyDelay time that the reply takes
 */
public record CallFate(Kind kind, Duration requestDelay, Duration replyDelay) {
    /** It is carried out at once, and answered at once. */
    public static final CallFate PASS = new CallFate(Kind.PASS, Duration.ZERO, Duration.ZERO);

    /** The connection is refused at once: not carried out, and the caller knows. */
    public static final CallFate UNREACHABLE = new CallFate(Kind.UNREACHABLE, Duration.ZERO, Duration.ZERO);

    /** It vanishes on its way: not carried out, the caller waits for nothing. */
    public static final CallFate REQUEST_LOST = new CallFate(Kind.REQUEST_LOST, Duration.ZERO, Duration.ZERO);

    /** It is carried out, and the reply vanishes: the caller waits for nothing. */
    public static final CallFate REPLY_LOST = new CallFate(Kind.REPLY_LOST, Duration.ZERO, Duration.ZERO);

    /** It is carried out, and the connection breaks before the reply: the caller knows at once that it knows nothing. */
    public static final CallFate RESET = new CallFate(Kind.RESET, Duration.ZERO, Duration.ZERO);

    /** The store answers that the caller may not. */
    public static final CallFate DENIED = new CallFate(Kind.DENIED, Duration.ZERO, Duration.ZERO);

    /** It is carried out and answered, slowly. */
    public static CallFate slow(Duration requestDelay, Duration replyDelay) {
        return new CallFate(Kind.PASS, requestDelay, replyDelay);
    }

    /** See the constants. */
    public enum Kind {
        PASS,
        UNREACHABLE,
        REQUEST_LOST,
        REPLY_LOST,
        RESET,
        DENIED
    }
}
