package io.pgha.postgres;

import io.pgha.core.action.Action;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.core.slots.SlotHorizon;
import io.pgha.core.slots.SlotPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One PostgreSQL server on this machine: its process, its files, its SQL.
 *
 * <p>Threading: {@link #observe}, {@link #fence} and {@link #onPostmasterExit} may be called at any time from any
 * thread. Orders come one at a time from the Job that runs; they block until they are done or failed, and each has a
 * deadline. Expected trouble is a {@link Result}. After a restart of the agent, a running postmaster is found and
 * adopted by the first {@link #observe} (facts §6.1).
 */
public interface Postgres extends AutoCloseable {
    /** The message of {@link #configure} when the running server has read its files anew. */
    String RELOADED = "configuration reloaded";

    /**
     * Looks at process, files and SQL. Blocks 3 s at most; a server that does not answer in time shows no
     * {@link PostgresObservation#server}.
     */
    PostgresObservation observe();

    /**
     * Makes these settings the wanted ones. On a running server whose files or parameters differ, writes the files
     * and reloads (facts §6.5). Cheap when nothing changed.
     */
    Result configure(PostgresSettings settings, ConfigRole role);

    /** Runs initdb or the custom bootstrap method into the empty data directory and starts the server (facts §6.10). */
    Result bootstrap(JobControl control);

    /** Creates roles, runs post_bootstrap, finishes the configuration of a bootstrapped primary (facts §6.10). */
    Result finishBootstrap(JobControl control);

    /** Stops at once and renames the data directory to {@code <dir>.failed} (facts §5.6). */
    Result abandonBootstrap();

    /**
     * Makes a replica in the empty data directory with the configured methods in order (facts §6.9), without starting
     * it. What a failed attempt left is removed, never anything that was there before.
     */
    Result createReplica(CloneRequest request, JobControl control);

    /**
     * Makes a new copy in place of the data directory (facts §5.13), without starting it. The old one is renamed aside, and
     * put back when no copy comes of it: after a failure, a cancellation, or a crash of the agent. Only where there is no
     * room for both, or the directory cannot be renamed, is an expendable one removed first.
     *
     * @param oldData what may become of it
     */
    Result replaceData(CloneRequest request, Action.OldData oldData, JobControl control);

    /** Names of data that was replaced by a new copy and is still kept, oldest first. Cheap. */
    List<String> replacedData();

    /**
     * Removes data that was replaced, now that the new copy streams. It is named, as another order may be replacing the
     * copy at the same moment: what that one keeps must stay.
     */
    Result discardReplacedData(List<String> names);

    /** Starts a server that was primary as primary again, without a new timeline (facts §5.7 rule 2). */
    Result startAsPrimary(Duration timeout, JobControl control);

    /**
     * Starts as a standby of the upstream; with none, as a standby that only waits (facts §5.7 rule 4).
     *
     * @param timeout how long to wait until it answers; {@link Duration#ZERO} stands for {@code pg_ctl_timeout}
     */
    Result startAsStandby(Optional<Upstream> upstream, Duration timeout, JobControl control);

    /** Whether the running standby's recovery settings differ from what following this upstream needs (facts §6.6). */
    boolean follows(Optional<Upstream> upstream);

    /**
     * Whether it follows this upstream already, or could not without a restart: in pause no server is stopped for it
     * (facts §5.17).
     */
    boolean followsUnlessRestarted(Optional<Upstream> upstream);

    /** Points a running standby at the upstream, by reload or restart as the version needs (facts §6.6). */
    Result follow(Optional<Upstream> upstream, JobControl control);

    /** Runs pre_promote; a failure means that this node must not become primary now (facts §2.6). */
    Result beforePromotion(JobControl control);

    /**
     * Makes sure that the next promotion of this running standby takes a timeline number above this one (ADR 0008).
     * May be repeated; does nothing when it is on a higher one.
     */
    Result skipTimelines(Timeline upTo);

    /**
     * Orders the promotion and waits until the server takes writes (facts §5.10).
     *
     * @param stillAllowed asked immediately before the order is given; false: nothing is done, {@link Result.Cancelled}
     */
    Result promote(Duration wait, java.util.function.BooleanSupplier stillAllowed, JobControl control);

    /**
     * Stops the server (facts §6.3): optional checkpoint before, {@code before_stop}, signal, waits; a fast or smart
     * stop that takes longer than the timeout becomes immediate, and an immediate one that hangs becomes SIGKILL of
     * the whole tree. Succeeds when no postmaster runs any more.
     *
     * @param checkpointFirst whether to write a checkpoint while clients still work
     * @param timeout until the stop becomes immediate; {@link Duration#ZERO} means no such limit
     */
    Result stop(StopMode mode, boolean checkpointFirst, Duration timeout, StopObserver observer);

    /**
     * Makes sure within a second that this server takes no more writes: SIGQUIT, then SIGKILL for the whole tree.
     * Independent of every lock and of the Job that runs.
     *
     * @param reason for the log
     */
    Result fence(String reason);

    /**
     * Sets {@code synchronous_standby_names} whatever the settings say, and keeps it so through changes of the settings
     * and restarts as primary; the next start as a standby goes back to the operator's own. Reloads a running server,
     * and succeeds when it shows the value; a primary then writes a little WAL that nobody waits for, so that an idle standby
     * is seen to go on (facts §5.16). Not certain when it fails: the value may come into force later. Blocks 5 s at most.
     *
     * <p>Until it is called for the first time, the value that the files of an earlier life have stays what it is.
     *
     * @param names the value, blank for none; empty: the operator's own
     */
    Result setSynchronousNames(Optional<String> names);

    /** Writes a checkpoint, with the deadline given (facts §5.9 rule 4). */
    Result checkpoint(Duration timeout);

    /** Compares the local history with the leader's (facts §5.12 "check"). Blocks 10 s at most. */
    Divergence checkDivergence(Upstream leader, JobControl control);

    /** Replays WAL in single-user mode so that the control file says shut down (facts §6.11). */
    Result crashRecover(JobControl control);

    /** Runs pg_rewind against the leader (facts §5.12 "rewind run"). The server must not run. */
    Result rewind(Upstream source, JobControl control);

    /**
     * Makes place for a new copy: renames the data directory aside (default), or removes it where the configuration
     * says so.
     *
     * @param remove remove instead of renaming
     * @return the message says where it is now
     */
    Result setAside(boolean remove);

    /** Carries out the plan; the message names slots that could not be changed. */
    Result applySlots(SlotPlan plan);

    /**
     * Creates and moves logical slots (facts §5.14); may take minutes. A copy on a standby that can be moved no more is
     * dropped, so that it is copied anew.
     */
    Result applyLogicalSlots(LogicalSlotPlan plan);

    /**
     * Copies logical slots from the leader to this running standby, which is stopped and started for it. It is not
     * stopped when nothing can be copied.
     *
     * @param upstream whom the standby follows afterwards
     */
    Result copyLogicalSlots(Upstream leader, Optional<Upstream> upstream, List<String> slots, JobControl control);

    /** Asks the leader which rows of catalogs it keeps for this standby and for these slots; empty: no answer. */
    Optional<SlotHorizon> slotHorizon(Upstream leader, Set<String> slots);

    /** The local history of a timeline, oldest entry first, from its history file; empty for timeline 1. */
    List<HistoryEntry> history(Timeline timeline);

    /** Registers who is told, at once and on any thread, when the postmaster exits. Call it once. */
    void onPostmasterExit(Runnable listener);

    /** Closes connections; leaves the server as it is. */
    @Override
    void close();
}
