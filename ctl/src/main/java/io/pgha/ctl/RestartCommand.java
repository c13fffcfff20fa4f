package io.pgha.ctl;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.Member;
import io.pgha.core.time.ScheduleText;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl restart} (facts §4.2). */
@Command(name = "restart", description = "Restart PostgreSQL on members, now or later.")
final class RestartCommand implements Runnable {
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** What a member may take beyond the time for its start: to begin, to write a checkpoint and to stop. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private static final long START_TIMEOUT_SECONDS = 300;

    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Parameters(index = "1..*", paramLabel = "MEMBER", arity = "0..*", description = "Default: all of them.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "Only members with this role: ${COMPLETION-CANDIDATES}.")
    private RoleChoice role = RoleChoice.ANY;

    @Option(names = "--any", description = "One of them, by chance.")
    private boolean any;

    @Option(
            names = "--scheduled",
            paramLabel = "TIME",
            description = "When, for example 2026-11-21T01:00+00:00; without zone: that of this machine. Default: now.")
    private @Nullable String scheduled;

    @Option(
            names = "--pg-version",
            paramLabel = "VERSION",
            description = "Only servers older than this, for example 15.3.")
    private @Nullable String version;

    @Option(names = "--pending", description = "Only members on which a restart is pending.")
    private boolean pending;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long a start may take, for example 30 or 5min. Default: primary_start_timeout.")
    private @Nullable String timeout;

    @Option(names = "--force", description = "Ask nothing; a restart that is scheduled already is replaced.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            Dialog dialog = program.dialog();
            MemberChoice.show(session, dialog, cluster);
            ClusterView view = session.store().read(cluster);
            List<Member> chosen = RestartOrder.of(MemberChoice.of(cluster, view, role, named), view);
            Optional<OffsetDateTime> at = Schedule.of("restart", when(dialog), view);
            String below = below(dialog);
            if (!force) {
                dialog.confirm("Are you sure you want to " + (at.isPresent() ? "schedule a restart of" : "restart")
                        + " members " + MemberChoice.names(chosen) + "?");
            }
            send(session, dialog, narrowed(chosen, at), body(at, below), view);
        }
    }

    private String when(Dialog dialog) {
        if (scheduled != null) {
            return scheduled;
        }
        return force ? "now" : dialog.ask("When should the restart take place (for example 2026-11-21T01:00)", "now");
    }

    private String below(Dialog dialog) {
        if (version != null) {
            return version;
        }
        return force
                ? ""
                : dialog.ask("Restart if the PostgreSQL version is less than provided (for example 9.5.2)", "");
    }

    /** Only what can be known beforehand; the members check again. */
    private List<Member> narrowed(List<Member> chosen, Optional<OffsetDateTime> at) {
        List<Member> left = pending && at.isEmpty()
                ? chosen.stream().filter(Member::pendingRestart).toList()
                : chosen;
        return any && left.size() > 1
                ? List.of(left.get(ThreadLocalRandom.current().nextInt(left.size())))
                : left;
    }

    private Map<String, Object> body(Optional<OffsetDateTime> at, String below) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (pending) {
            body.put("restart_pending", true);
        }
        if (!below.isEmpty()) {
            body.put("postgres_version", below);
        }
        if (timeout != null) {
            body.put("timeout", timeout);
        }
        at.ifPresent(time -> body.put("schedule", ScheduleText.write(time)));
        return body;
    }

    private void send(Session session, Dialog dialog, List<Member> chosen, Map<String, Object> body, ClusterView view) {
        MemberClient members = session.members();
        boolean later = body.containsKey("schedule");
        Silence silence = new Silence();
        for (Member member : chosen) {
            if (force && later && !member.scheduledRestart().isEmpty()) {
                silence.heard(member, FlushCommand.restart(members, member, dialog));
            }
            MemberClient.Reply reply = members.send(member, "POST", "/restart", body, later ? SHORT : patience(view));
            dialog.say(told(member, silence.heard(member, reply)));
            if (!later && status(reply) != 200) {
                List<Member> rest = chosen.subList(chosen.indexOf(member) + 1, chosen.size());
                RestartOrder.mustNotGoOn(member, rest);
                mustNotFailToo(member, reply, rest);
            }
        }
        if (chosen.isEmpty()) {
            dialog.say("No member of cluster " + cluster + " waits for a restart");
        }
        silence.report("restart");
    }

    /** What keeps one PostgreSQL from starting may keep the others from it, and then there is none. */
    private static void mustNotFailToo(Member failed, MemberClient.Reply reply, List<Member> rest) {
        boolean tried = reply instanceof MemberClient.Answered answered
                && answered.text().startsWith("restart failed");
        if (tried && !rest.isEmpty()) {
            throw new CtlException("not restarted: " + MemberChoice.names(rest) + ". PostgreSQL of " + failed.name()
                    + " did not come up again, and the same may happen to them. Mend " + failed.name()
                    + ", then restart again");
        }
    }

    private static int status(MemberClient.Reply reply) {
        return reply instanceof MemberClient.Answered answered ? answered.status() : 0;
    }

    private static String told(Member member, MemberClient.Reply reply) {
        return switch (status(reply)) {
            case 200 -> "Success: restart on member " + member.name();
            case 202 -> "Success: restart scheduled on member " + member.name();
            case 409 -> "Failed: another restart is already scheduled on member " + member.name();
            default -> MemberChoice.failure("restart", member, reply);
        };
    }

    private Duration patience(ClusterView view) {
        Object configured =
                view.config().map(DynamicConfigKey::values).orElse(Map.of()).get("primary_start_timeout");
        long seconds = configured instanceof Number number && number.longValue() > 0
                ? Math.min(number.longValue(), 86_400)
                : START_TIMEOUT_SECONDS;
        OptionalLong given = SettingValue.integer(timeout, Unit.SECONDS);
        return Duration.ofSeconds(2 * given.orElse(seconds)).plus(MARGIN);
    }
}
