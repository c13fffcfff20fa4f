package io.pgha.sim.world;

import io.pgha.core.model.Timeline;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.InMemoryPostgres;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.SimProcess;
import io.pgha.sim.port.AgentTime;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The primary of another cluster, which a standby cluster follows (facts §5.18), under the one address by which it is
 * known. It is initialised, writes, and is mended by its own people; faults happen to it as to any server.
 */
public final class Remote {
    /** Its name and the host that the members are told. */
    public static final String NAME = "remote";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /** Both clusters promote on their own; numbers that are far apart keep them from taking the same one. */
    private static final int STRIDE = 100;

    private final World world;
    private final Chance chance;
    private final MemoryServer server;
    private final SimProcess process;
    private final InMemoryPostgres postgres;

    Remote(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.server = new MemoryServer(
                NAME,
                NAME + ":5432",
                world.servers(),
                world.serverTime(),
                new SimLuck(chance.split()),
                world.witness());
        this.process = world.scheduler().process(NAME);
        this.postgres = new InMemoryPostgres(server, new AgentTime(world.scheduler(), process));
    }

    public MemoryServer server() {
        return server;
    }

    /** Begins. */
    public void start() {
        process.spawn("bootstrap", () -> postgres.bootstrap(JobControl.UNATTENDED));
        write();
    }

    private void write() {
        world.scheduler().after(chance.millis(300, 3_000), () -> {
            server.write(200L + chance.below(3_000), end -> {});
            write();
        });
    }

    /** It dies; {@link #startAgain} mends it. */
    public void crash() {
        server.quit();
    }

    /** Its own cluster manager starts it where it was. */
    public void startAgain() {
        process.spawn("start", () -> postgres.startAsPrimary(START_LIMIT, JobControl.UNATTENDED));
    }

    /** Its own cluster fails over: the successor has the same address, another timeline, and lacks the end of the WAL. */
    public void failOver(long lostBytes) {
        server.loseEnd(lostBytes);
        int newest = Stream.concat(
                        server.folder().stream(),
                        world.nodes().stream().flatMap(node -> node.server().folder().stream()))
                .map(DataFolder::branch)
                .mapToInt(branch -> branch.timeline().number())
                .max()
                .orElse(1);
        Timeline below = new Timeline((newest / STRIDE + 1) * STRIDE - 1);
        process.spawn("failover", () -> {
            postgres.skipTimelines(below);
            postgres.startAsStandby(Optional.empty(), START_LIMIT, JobControl.UNATTENDED);
            postgres.promote(START_LIMIT, () -> true, JobControl.UNATTENDED);
        });
    }
}
