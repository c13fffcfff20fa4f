package io.pgha.postgres.memory;

import io.pgha.core.model.ControlState;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.core.slots.SlotPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One machine's PostgreSQL: its data directory and its processes. It goes on without its agent, as a real one does
 * after {@code kill -9} of the agent.
 *
 * <p>Not thread-safe: one virtual time line drives it.
 */
public final class MemoryServer {
    private static final long FIRST_RECORDS = 0x1000000L;

    /** A start or a promotion goes on so long after its processes do, at the latest. */
    private static final Duration WHILE_HUNG = Duration.ofMillis(200);

    /** How far its processes have come. */
    enum Phase {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING
    }

    private final String name;
    private final ServerNetwork network;
    private final ServerTime time;
    private final Luck luck;
    private final ServerWitness witness;
    private final WalReceiver walReceiver;
    private final Commits commits;
    private final List<DataFolder> aside = new ArrayList<>();
    private final List<Runnable> exitListeners = new ArrayList<>();
    private final Map<String, DataFolder> replaced = new LinkedHashMap<>();
    private int renames;
    private Optional<DataFolder> folder = Optional.empty();
    private Phase phase = Phase.STOPPED;
    private long pid;
    private boolean inRecovery;
    private boolean hung;
    private boolean replayPaused;
    private boolean shutDownOrderly;
    private boolean unreadable;

    /** @param address {@code host:port} under which others find it */
    public MemoryServer(
            String name, String address, ServerNetwork network, ServerTime time, Luck luck, ServerWitness witness) {
        this.name = name;
        this.network = network;
        this.time = time;
        this.luck = luck;
        this.witness = witness;
        this.walReceiver = new WalReceiver(this);
        this.commits = new Commits(this);
        network.add(address, this);
    }

    public String name() {
        return name;
    }

    ServerNetwork network() {
        return network;
    }

    ServerTime time() {
        return time;
    }

    Luck luck() {
        return luck;
    }

    ServerWitness witness() {
        return witness;
    }

    WalReceiver walReceiver() {
        return walReceiver;
    }

    Phase phase() {
        return phase;
    }

    /** Its data directory, when there is one. */
    public Optional<DataFolder> folder() {
        return folder;
    }

    /** Data directories that were renamed. */
    public List<DataFolder> aside() {
        return List.copyOf(aside);
    }

    DataFolder data() {
        return folder.orElseThrow(() -> new IllegalStateException(name + " has no data directory"));
    }

    /** What it says of itself at this moment, if it answers. */
    public Optional<ServerStatus> status() {
        return Observation.of(this, PostgresState.RUNNING).server();
    }

    /** Whether a postmaster runs. */
    public boolean runs() {
        return phase != Phase.STOPPED;
    }

    /** The postmaster, when it runs. */
    public Optional<Postmaster> postmaster() {
        return runs() ? Optional.of(new Postmaster(pid, pid)) : Optional.empty();
    }

    /** Whether it answers SQL now. */
    public boolean answers() {
        return phase == Phase.RUNNING && !hung;
    }

    /** Lets a standby receive and not replay. */
    public void pauseReplay(boolean paused) {
        replayPaused = paused;
    }

    boolean replayIsPaused() {
        return replayPaused;
    }

    boolean hangs() {
        return hung;
    }

    public boolean inRecovery() {
        return inRecovery;
    }

    /** Whether it would acknowledge a client's write now. */
    public boolean acceptsWrites() {
        return answers() && !inRecovery;
    }

    /** Whether it streams from somebody. */
    public boolean isStreaming() {
        return phase == Phase.RUNNING && inRecovery && walReceiver.isStreaming();
    }

    /**
     * A client's write of so many bytes of WAL.
     *
     * @param acknowledged is told of its end in the WAL, at once or later; never when the server ends before
     * @return whether the server took it
     */
    public boolean write(long bytes, Consumer<Lsn> acknowledged) {
        if (!acceptsWrites()) {
            return false;
        }
        data().append(bytes);
        commits.add(data().end(), acknowledged);
        return true;
    }

    Commits commits() {
        return commits;
    }

    /** For whom commits wait. */
    public SyncNames synchronousNames() {
        return commits.names();
    }

    /** initdb. */
    void initialize() {
        String systemIdentifier = network.newSystemIdentifier();
        folder = Optional.of(
                new DataFolder(Branch.first(systemIdentifier, name), new Lsn(FIRST_RECORDS), ControlState.SHUT_DOWN));
    }

    void replaceFolder(DataFolder copy) {
        folder = Optional.of(copy);
    }

    /** Renames the data directory. */
    void moveAside() {
        folder.ifPresent(aside::add);
        folder = Optional.empty();
    }

    /** Keeps the data directory under another name until the copy that replaces it streams. */
    void keepReplaced() {
        folder.ifPresent(old -> replaced.put("aside-" + ++renames, old));
        folder = Optional.empty();
    }

    /** Names of what {@link #keepReplaced} has kept, oldest first. */
    List<String> replacedNames() {
        return List.copyOf(replaced.keySet());
    }

    /** What was replaced and is still kept. */
    public Collection<DataFolder> replaced() {
        return replaced.values();
    }

    /** Undoes the last {@link #keepReplaced}, unless a copy has taken the place. */
    void putReplacedBack() {
        if (folder.isEmpty() && !replaced.isEmpty()) {
            String newest = replacedNames().get(replaced.size() - 1);
            folder = Optional.ofNullable(replaced.remove(newest));
            say("has its old data back");
        }
    }

    /** Removes what was kept under that name. */
    void discardReplaced(String name) {
        DataFolder gone = replaced.remove(name);
        if (gone != null) {
            say("has no old data any more");
            witness.discarded(this, gone);
        }
    }

    /** Removes the data directory. */
    void remove() {
        Optional<DataFolder> old = folder;
        folder = Optional.empty();
        old.ifPresent(gone -> witness.removed(this, gone));
    }

    /** Starts the postmaster; it becomes ready later by itself. */
    void launch(boolean asStandby, Optional<Upstream> upstream) {
        DataFolder data = data();
        pid = network.newPid();
        phase = Phase.STARTING;
        inRecovery = true;
        hung = false;
        commits.reload();
        shutDownOrderly = false;
        data.standbySignal = asStandby;
        walReceiver.reset(upstream);
        Duration recovery = data.state.needsCrashRecovery() ? luck.duration(Step.CRASH_RECOVERY) : Duration.ZERO;
        later(luck.duration(Step.START).plus(recovery), () -> ready(asStandby));
        say("postmaster " + pid + " starts as " + (asStandby ? "standby" : "primary") + " on " + data);
    }

    /** Lets a recovery that is under way end soon. */
    public void hurry() {
        if (phase == Phase.STARTING) {
            boolean asStandby = data().standbySignal;
            later(luck.duration(Step.START), () -> ready(asStandby));
        }
    }

    private void ready(boolean asStandby) {
        DataFolder data = data();
        if (phase != Phase.STARTING) {
            return;
        }
        if (hung) {
            later(WHILE_HUNG, () -> ready(asStandby));
            return;
        }
        phase = Phase.RUNNING;
        data.backupLabel = false;
        if (asStandby) {
            data.state = ControlState.IN_ARCHIVE_RECOVERY;
            say("is ready as standby");
            walReceiver.start();
        } else {
            data.writeCheckpoint();
            data.state = ControlState.IN_PRODUCTION;
            inRecovery = false;
            say("is ready as primary");
            witness.openedForWrites(this, data.branch);
        }
    }

    /** The promotion signal. */
    void promote() {
        if (phase == Phase.RUNNING && inRecovery) {
            say("is being promoted");
            later(luck.duration(Step.PROMOTE), this::endRecovery);
        }
    }

    private void endRecovery() {
        if (phase != Phase.RUNNING || !inRecovery) {
            return;
        }
        if (hung) {
            later(WHILE_HUNG, this::endRecovery);
            return;
        }
        DataFolder data = data();
        walReceiver.reset(Optional.empty());
        Timeline number = data.nextTimeline();
        data.begin(data.branch.fork(number, data.end, name));
        data.historyFiles.put(number, data.branch);
        data.state = ControlState.IN_PRODUCTION;
        data.standbySignal = false;
        data.append();
        inRecovery = false;
        say("takes writes on timeline " + data.branch);
        witness.openedForWrites(this, data.branch);
        later(luck.duration(Step.CHECKPOINT).plusSeconds(5), this::checkpoint);
    }

    /** A checkpoint. */
    void checkpoint() {
        if (answers() && !inRecovery) {
            data().writeCheckpoint();
        }
    }

    /** Takes the file system of the data directory away, and everything that runs on it; or gives it back. */
    public void unreadable(boolean away) {
        if (away) {
            quit();
        }
        unreadable = away;
    }

    boolean isUnreadable() {
        return unreadable;
    }

    /** Somebody puts the data of another cluster in the place of its own. */
    public void exchangeData() {
        quit();
        folder = Optional.of(new DataFolder(
                Branch.first(network.newSystemIdentifier(), name), new Lsn(FIRST_RECORDS), ControlState.SHUT_DOWN));
        say("has the data of another cluster");
    }

    /**
     * It dies, and the end of its WAL is gone, flushed or not: its disk lied, or it has a successor under the same address that
     * lacks it. What others have of it is not in its history any more, and PostgreSQL does not see that.
     *
     * @param bytes at most so many, and nothing before its last checkpoint
     */
    public void loseEnd(long bytes) {
        quit();
        folder.ifPresent(data -> {
            data.loseEnd(bytes);
            say("has lost the end of its WAL: " + data);
            witness.lostEnd(this, data);
        });
    }

    /** The data directory is gone, and everything that runs on it. */
    public void loseData() {
        quit();
        folder = Optional.empty();
        say("has lost its data directory");
    }

    /** The signal of a smart or fast stop: no client writes any more. */
    public void shutDown() {
        if (phase == Phase.STARTING) {
            quit();
        } else if (phase == Phase.RUNNING) {
            phase = Phase.STOPPING;
            commits.cut();
            say("shuts down");
            if (!hung) {
                later(luck.duration(Step.SHUTDOWN_CHECKPOINT), this::writeShutdownCheckpoint);
            }
        }
    }

    private void writeShutdownCheckpoint() {
        if (hung || shutDownOrderly) {
            return;
        }
        DataFolder data = data();
        if (inRecovery) {
            data.state = ControlState.SHUT_DOWN_IN_RECOVERY;
        } else {
            data.writeShutdownCheckpoint();
        }
        shutDownOrderly = true;
        // WAL senders end last: whoever streams gets the shutdown checkpoint, too.
        network.streamingFrom(this).forEach(standby -> standby.walReceiver().packet());
        later(luck.duration(Step.EXIT), () -> exited("has shut down"));
    }

    /** Whether the shutdown checkpoint is written. */
    boolean hasShutDownOrderly() {
        return shutDownOrderly;
    }

    /** Whether a standby can fetch WAL from it: until the postmaster is gone, as WAL senders end last. */
    boolean sendsWal() {
        return !hung && (phase == Phase.RUNNING || phase == Phase.STOPPING);
    }

    /** SIGQUIT, or SIGKILL for all: ends it without a checkpoint. */
    public void quit() {
        if (runs()) {
            exited("is gone");
        }
    }

    /** Its processes stop to run (SIGSTOP), or go on. */
    public void hang(boolean stopped) {
        hung = stopped && runs();
        if (!hung && runs()) {
            commits.reload();
            if (phase == Phase.STOPPING && !shutDownOrderly) {
                // The signal that came meanwhile.
                later(luck.duration(Step.SHUTDOWN_CHECKPOINT), this::writeShutdownCheckpoint);
            }
        }
    }

    void onExit(Runnable listener) {
        exitListeners.add(listener);
    }

    void forget(Runnable listener) {
        exitListeners.remove(listener);
    }

    private void exited(String how) {
        say("postmaster " + pid + " " + how);
        phase = Phase.STOPPED;
        commits.cut();
        hung = false;
        pid = 0;
        walReceiver.reset(Optional.empty());
        List.copyOf(exitListeners).forEach(Runnable::run);
    }

    /** Drops, makes and moves physical slots. */
    void change(SlotPlan plan) {
        Map<String, ModelSlot> slots = data().slots;
        plan.drop().forEach(name -> {
            if (slots.remove(name) != null) {
                witness.slotDropped(this, name);
            }
        });
        plan.create().forEach(name -> slots.putIfAbsent(name, ModelSlot.physical(data().end)));
        plan.advance().forEach(order -> slots.computeIfPresent(order.slot(), (same, slot) -> slot.at(order.to())));
    }

    /** Makes logical slots, and moves copies. */
    void change(LogicalSlotPlan plan) {
        Map<String, ModelSlot> slots = data().slots;
        if (inRecovery) {
            plan.advance().forEach(order -> slots.computeIfPresent(order.slot(), (same, slot) -> slot.at(order.to())));
        } else {
            plan.create().forEach(order -> {
                ModelSlot made = new ModelSlot(Optional.of(order.kind()), data().end);
                if (slots.putIfAbsent(order.slot(), made) == null) {
                    witness.logicalSlotMade(this, order.slot());
                }
            });
        }
    }

    /** Those of the source's logical slots that are not ahead of what this server has. */
    Map<String, ModelSlot> logicalSlotsOf(MemoryServer source, List<String> names) {
        Map<String, ModelSlot> copies = new TreeMap<>(source.data().slots);
        copies.entrySet()
                .removeIf(slot -> !names.contains(slot.getKey())
                        || slot.getValue().logical().isEmpty()
                        || slot.getValue().position().isAfter(data().end));
        return copies;
    }

    /** The logical slots of its data directory that stand beyond its WAL: their consumers would miss what comes next. */
    public Set<String> slotsBeyondWal() {
        Map<String, ModelSlot> beyond = new TreeMap<>(data().slots);
        beyond.values()
                .removeIf(slot -> slot.logical().isEmpty() || !slot.position().isAfter(data().end));
        return beyond.keySet();
    }

    /** Whether it has a logical slot of that name. */
    public boolean hasLogicalSlot(String name) {
        return folder.map(data -> data.slots.get(name))
                .flatMap(ModelSlot::logical)
                .isPresent();
    }

    /** Something that the running postmaster does later, if it still runs then. */
    void later(Duration delay, Runnable action) {
        long mine = pid;
        time.after(delay, () -> {
            if (pid == mine && runs()) {
                action.run();
            }
        });
    }

    void say(String what) {
        witness.happened(name, what);
    }
}
