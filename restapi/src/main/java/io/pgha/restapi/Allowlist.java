package io.pgha.restapi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses and networks.
 *
 * @param networks any of them may contain the address
 */
record Allowlist(List<Network> networks) {
    private static final Logger LOG = LoggerFactory.getLogger(Allowlist.class);

    Allowlist {
        networks = List.copyOf(networks);
    }

    /**
     * Reads hosts, addresses and CIDR networks. An entry that cannot be read or resolved is reported and allows nobody.
     */
    static Allowlist resolve(List<String> entries) {
        List<Network> networks = new ArrayList<>();
        for (String entry : entries) {
            try {
                networks.addAll(resolve(entry.strip()));
            } catch (UnknownHostException | NumberFormatException e) {
                LOG.warn("restapi.allowlist: cannot resolve \"{}\"; it allows nobody", entry);
            }
        }
        return new Allowlist(networks);
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> resolve(String entry) throws UnknownHostException {
        int slash = entry.indexOf('/');
        if (slash >= 0) {
            InetAddress address = InetAddress.getByName(entry.substring(0, slash));
            int bits = Integer.parseInt(entry.substring(slash + 1));
            if (bits < 0 || bits > address.getAddress().length * 8) {
                throw new NumberFormatException(entry);
            }
            return List.of(new Network(address, bits));
        }
        if (entry.isEmpty()) {
            throw new UnknownHostException("an empty entry");
        }
        List<Network> networks = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(entry)) {
            networks.add(new Network(address, address.getAddress().length * 8));
        }
        return networks;
    }

    /**
     * A network in CIDR form. Java gives IPv4-mapped IPv6 addresses as IPv4, so they compare as one expects.
     *
     * @param address any address in it
     * @param bits length of the prefix
     */
    record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit)) & 0xFF;
                if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
