package io.pgha.ctl;

import io.pgha.core.model.Member;
import io.pgha.core.model.PostgresState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits for copies that members make, shows how far they are and tells what came of them. */
final class CopyWatch {
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** A member that tells nothing for so many looks is not waited for any more. */
    private static final int SILENT_LOOKS = 30;

    private final MemberClient members;
    private final Dialog dialog;
    private final Map<String, String> earlier = new LinkedHashMap<>();
    private final Map<String, Integer> silent = new LinkedHashMap<>();
    private final List<String> failed = new ArrayList<>();

    CopyWatch(MemberClient members, Dialog dialog) {
        this.members = members;
        this.dialog = dialog;
    }

    /** Notes which copies the members made before, so that their outcomes are not taken for those of the new ones. */
    void remember(List<Member> all) {
        members.ask(all, LOOK).forEach((name, answer) -> {
            if (answer instanceof MemberClient.Status known) {
                known.status().lastCopy().ifPresent(copy -> earlier.put(name, copy.at()));
            }
        });
    }

    /**
     * Waits until all are over.
     *
     * @throws CtlException when not all of them were made
     */
    void await(List<Member> begun) {
        dialog.say("Waiting for reinitialize to complete on: " + MemberChoice.names(begun));
        List<Member> waiting = new ArrayList<>(begun);
        while (!waiting.isEmpty()) {
            Map<String, MemberClient.Answer> answers = members.ask(waiting, LOOK);
            waiting.removeIf(member -> isOver(member.name(), answers));
            if (!waiting.isEmpty() && Interruption.comesWithin(LOOK)) {
                throw new CtlException("Aborted");
            }
        }
        if (!failed.isEmpty()) {
            throw new CtlException("not reinitialized: " + String.join(", ", failed));
        }
    }

    private boolean isOver(String member, Map<String, MemberClient.Answer> answers) {
        if (!(answers.get(member) instanceof MemberClient.Status answer)) {
            return isLost(member, "it does not answer any more");
        }
        MemberStatus status = answer.status();
        Optional<MemberStatus.Copy> made =
                status.lastCopy().filter(copy -> !copy.at().equals(earlier.get(member)));
        if (status.copying().isPresent()) {
            silent.remove(member);
            dialog.say(member + ": " + status.copying().get());
            return false;
        } else if (made.isPresent()) {
            return told(member, made.get());
        } else if (status.state().equals(PostgresState.CREATING_REPLICA.word())) {
            silent.remove(member);
            return false;
        } else if (status.pghaVersion().isPresent()) {
            return isLost(member, "its agent does not know what came of it (was it started anew?): see hactl events");
        }
        // A Patroni member does not tell more.
        dialog.say("Reinitialize is completed on: " + member);
        return true;
    }

    private boolean told(String member, MemberStatus.Copy made) {
        if (made.done()) {
            dialog.say("Reinitialize is completed on: " + member);
        } else {
            fail(member, made.words());
        }
        return true;
    }

    private boolean isLost(String member, String why) {
        boolean tooLong = silent.merge(member, 1, Integer::sum) >= SILENT_LOOKS;
        if (tooLong) {
            fail(member, why);
        }
        return tooLong;
    }

    private void fail(String member, String why) {
        failed.add(member);
        dialog.say("Failed: reinitialize on " + member + ": " + why);
    }
}
