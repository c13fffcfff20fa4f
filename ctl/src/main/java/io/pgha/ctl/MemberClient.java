package io.pgha.ctl;

import io.pgha.core.model.Member;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Asks members over REST. */
public interface MemberClient {
    /**
     * Asks all of them at once for their status.
     *
     * @param deadline when to stop waiting for those that do not answer
     * @return by member name, in order of the members: the answer, or why there is none
     */
    Map<String, Answer> ask(Collection<Member> members, Duration deadline);

    /**
     * Sends a command to a member, with the credentials of the configuration.
     *
     * @param method of HTTP
     * @param path on the member, for example {@code /switchover}
     * @param body a JSON object; empty: none
     * @param deadline for the whole answer
     */
    Reply send(Member member, String method, String path, Map<String, Object> body, Duration deadline);

    /** What came of a command. */
    sealed interface Reply {}

    /**
     * An answer, whatever it says.
     *
     * @param status of HTTP
     * @param text of the body, without blanks around it
     */
    record Answered(int status, String text) implements Reply {}

    /**
     * None.
     *
     * @param reason for people
     */
    record Unreached(String reason) implements Reply {}

    /** What came of asking one member. */
    sealed interface Answer {}

    /** It answered. */
    record Status(MemberStatus status) implements Answer {}

    /**
     * It did not, or not with a status.
     *
     * @param reason for people
     */
    record Silent(String reason) implements Answer {}
}
