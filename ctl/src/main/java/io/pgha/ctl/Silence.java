package io.pgha.ctl;

import io.pgha.core.model.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * The members that a command did not reach. A refusal is an answer, and exit status 0 as Patroni has it (facts §4.1); a member that did
 * not answer at all makes it 1.
 */
final class Silence {
    private final List<String> members = new ArrayList<>();

    /** Takes down what came of one member; gives it back. */
    MemberClient.Reply heard(Member member, MemberClient.Reply reply) {
        if (reply instanceof MemberClient.Unreached) {
            members.add(member.name());
        }
        return reply;
    }

    /**
     * To be called once every member was asked.
     *
     * @param what they were asked for
     * @throws CtlException when one of them did not answer
     */
    void report(String what) {
        if (!members.isEmpty()) {
            throw new CtlException("no answer to " + what + " from: " + String.join(", ", members));
        }
    }
}
