package io.pgha.sim.world;

import io.pgha.dcs.memory.CallFate;
import io.pgha.dcs.memory.DcsCall;
import io.pgha.dcs.memory.DcsFaults;
import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of requests to etcd: that of the network, and troubles of etcd itself. */
public final class EtcdWeather implements DcsFaults {
    /** What etcd as a whole suffers from. */
    public enum Outage {
        NONE,
        /** Nobody listens. */
        REFUSING,
        /** It takes requests and does nothing. */
        SILENT,
        /** It does not let us. */
        DENYING
    }

    private final Network network;
    private final Chance chance;
    private final Map<String, Duration> slowness = new TreeMap<>();
    private final Map<String, Integer> lossyReplies = new TreeMap<>();
    private final Map<String, Integer> lossPercent = new TreeMap<>();
    private Outage outage = Outage.NONE;

    EtcdWeather(Network network, Chance chance) {
        this.network = network;
        this.chance = chance;
    }

    public void outage(Outage kind) {
        outage = kind;
    }

    /** Lets requests of that client take up to this long. */
    public void slow(String client, Duration most) {
        slowness.put(client, most);
    }

    /** Loses one reply to that client in so many. */
    public void loseReplies(String client, int oneIn) {
        lossyReplies.put(client, oneIn);
    }

    /** Loses that part of all packets between that client and etcd. */
    public void losePackets(String client, int percent) {
        lossPercent.put(client, percent);
    }

    public void clear(String client) {
        slowness.remove(client);
        lossPercent.remove(client);
        lossyReplies.remove(client);
    }

    @Override
    public CallFate fateOf(DcsCall call) {
        String client = call.client();
        if (outage == Outage.REFUSING) {
            return CallFate.UNREACHABLE;
        } else if (outage == Outage.DENYING) {
            return CallFate.DENIED;
        } else if (outage == Outage.SILENT || !network.passes(client, Network.ETCD)) {
            return CallFate.REQUEST_LOST;
        } else if (!network.passes(Network.ETCD, client)) {
            return CallFate.REPLY_LOST;
        }
        Integer percent = lossPercent.get(client);
        if (percent != null && chance.below(100) < percent) {
            return chance.oneIn(2) ? CallFate.REQUEST_LOST : CallFate.REPLY_LOST;
        }
        Integer oneIn = lossyReplies.get(client);
        if (oneIn != null && chance.oneIn(oneIn)) {
            return chance.oneIn(2) ? CallFate.REPLY_LOST : CallFate.RESET;
        }
        Duration most = slowness.getOrDefault(client, Duration.ofMillis(4));
        return CallFate.slow(chance.between(Duration.ZERO, most), chance.between(Duration.ZERO, most));
    }

    @Override
    public boolean watchWorks(String client) {
        return outage == Outage.NONE && network.connected(client, Network.ETCD);
    }

    @Override
    public Duration watchDelay(String client) {
        return chance.between(Duration.ZERO, slowness.getOrDefault(client, Duration.ofMillis(5)));
    }
}
