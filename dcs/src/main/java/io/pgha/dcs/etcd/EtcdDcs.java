package io.pgha.dcs.etcd;

import io.pgha.core.time.Clock;
import io.pgha.dcs.kv.KvDcs;
import java.util.concurrent.TimeUnit;

/**
 * The {@link io.pgha.dcs.Dcs} on etcd v3 (facts §1; ADR 0005). It connects with the first call, so that it can be made
 * while etcd is away. Besides Netty's one thread there is one more after {@link #watch}, and both only wait.
 */
public final class EtcdDcs extends KvDcs {
    /**
     * @param clock its monotonic side times all deadlines
     */
    public EtcdDcs(EtcdSettings settings, Clock clock) {
        this(settings, clock, new EtcdClient(settings, clock));
    }

    private EtcdDcs(EtcdSettings settings, Clock clock, EtcdClient client) {
        super(
                client,
                settings.keys(),
                settings.memberName(),
                clock,
                pause -> client.pause(pause.toNanos(), TimeUnit.NANOSECONDS),
                settings.ttl(),
                settings.retryTimeout());
    }
}
