package io.pgha.agent.runtime;

import io.pgha.agent.port.Doorbell;
import io.pgha.restapi.NodeSnapshot;
import java.util.function.Supplier;

/** What is done on the loop's thread after each cycle: systemd, a reload that was asked for, the cached
 * configuration, memory. */
final class CycleEnd implements Runnable {
    private final SdNotify notify;
    private final DynamicConfigCache cache;
    private final LiveConfiguration configuration;
    private final Reload reload;
    private final Doorbell doorbell;
    private final Supplier<NodeSnapshot> published;
    private final IdleMemory memory;
    private boolean ready;

    CycleEnd(
            SdNotify notify,
            DynamicConfigCache cache,
            LiveConfiguration configuration,
            Reload reload,
            Doorbell doorbell,
            Supplier<NodeSnapshot> published,
            IdleMemory memory) {
        this.notify = notify;
        this.cache = cache;
        this.configuration = configuration;
        this.reload = reload;
        this.doorbell = doorbell;
        this.published = published;
        this.memory = memory;
    }

    @Override
    public void run() {
        if (!ready) {
            ready = true;
            notify.ready();
        }
        notify.alive();
        NodeSnapshot snapshot = published.get();
        notify.status(snapshot.role().word() + ", " + snapshot.state().word() + ": " + snapshot.reason());
        if (configuration.seenInDcs()) {
            cache.write(configuration.dynamic());
        }
        if (reload.ifAsked()) {
            // What changed, tags for example, is published at once.
            doorbell.ring();
        }
        memory.trimWhenDue();
    }
}
