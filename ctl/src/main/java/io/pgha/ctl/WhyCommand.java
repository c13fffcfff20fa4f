package io.pgha.ctl;

import io.pgha.core.event.Candidacy;
import io.pgha.core.event.Event;
import io.pgha.core.model.Member;
import io.pgha.ctl.table.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl why}: the reason of each member's last decision (design.md). Ours. */
@Command(
        name = "why",
        description = "Say why members do what they do: their last decision, and the last that changed something.")
final class WhyCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(
            names = {"-m", "--member"},
            paramLabel = "MEMBER",
            description = "Only this member.")
    private @Nullable String member;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        PrintWriter out =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        try (Session session = Objects.requireNonNull(hactl, "picocli sets it").open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            try {
                print(session, name, out);
            } catch (DcsSilentException e) {
                LocalAgent.says(session, name, answer -> lines(answer, List.of()))
                        .forEach(line -> out.println(Printable.line(line)));
                out.flush();
                throw e;
            }
        }
    }

    private void print(Session session, String name, PrintWriter out) {
        EventCollection found = EventCollection.of(session, name, Optional.ofNullable(member), 20);
        Map<String, Member> members = session.store().read(name).members();
        Map<String, MemberClient.Answer> answers = session.members()
                .ask(
                        members.values().stream()
                                .filter(one -> found.byMember().containsKey(one.name()))
                                .toList(),
                        PATIENCE);
        found.byMember().forEach((one, events) -> {
            List<String> told = Optional.ofNullable(answers.get(one))
                    .map(answer -> lines(answer, events))
                    .orElseGet(() -> absent(events));
            out.println(Printable.line(one + ": " + told.get(0)));
            told.stream().skip(1).forEach(line -> out.println(Printable.line(line)));
        });
    }

    private static List<String> absent(List<Event> events) {
        List<String> lines = new ArrayList<>(List.of("is no member at present"));
        lines.addAll(last(events));
        return lines;
    }

    /** Of one member: why it does what it does, then lines that are indented. */
    static List<String> lines(MemberClient.Answer answer, List<Event> events) {
        List<String> lines = new ArrayList<>();
        lines.add(now(answer));
        complaint(answer).ifPresent(complaint -> lines.add("    " + complaint));
        slots(answer).forEach(line -> lines.add("    " + line));
        lines.addAll(last(events));
        return lines;
    }

    private static List<String> last(List<Event> events) {
        List<String> lines = new ArrayList<>();
        if (!events.isEmpty()) {
            Event last = events.get(events.size() - 1);
            lines.add("    last event at " + last.at() + ": " + last.action() + ", " + last.reason() + " ("
                    + last.rule() + ")" + (last.times() > 1 ? ", " + last.times() + " times" : "")
                    + last.outcome().map(outcome -> "; " + outcome).orElse(""));
            for (Candidacy candidate : last.candidates()) {
                lines.add("        " + candidate.member() + (candidate.fit() ? " could lead: " : " could not lead: ")
                        + candidate.reason());
            }
        }
        return lines;
    }

    private static Optional<String> complaint(MemberClient.Answer answer) {
        return answer instanceof MemberClient.Status given ? given.status().complaint() : Optional.empty();
    }

    private static List<String> slots(MemberClient.Answer answer) {
        List<String> lines = new ArrayList<>();
        if (answer instanceof MemberClient.Status given) {
            given.status().logicalSlots().orElse(Map.of()).forEach((name, slot) -> {
                if (!slot.ready()) {
                    lines.add("logical slot " + name + " is not ready: " + slot.reason());
                }
            });
        }
        return lines;
    }

    private static String now(MemberClient.Answer answer) {
        if (answer instanceof MemberClient.Status given) {
            return given.status().reason().orElse("does not say why: it is no member of pgha, or has just started");
        }
        return "does not answer (" + (answer instanceof MemberClient.Silent silent ? silent.reason() : "") + ")";
    }
}
