package io.pgha.dcs.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SRV records that name etcd's hosts (facts §2.4); the first name that has records counts. The last two name the
 * members' addresses for each other, which must be asked for those for clients.
 */
final class SrvRecords {
    private static final Logger LOG = LoggerFactory.getLogger(SrvRecords.class);
    private static final List<String> SERVICES =
            List.of("-client-ssl", "-client", "-ssl", "", "-server-ssl", "-server");
    private static final String FIRST_TIMEOUT_MILLIS = "1000";

    private SrvRecords() {}

    /** The endpoints, or none; at most a few seconds per name. */
    static List<URI> lookUp(String domain, Optional<String> suffix, PeerMembers peers) {
        for (String service : SERVICES) {
            String name = nameOf(service, domain, suffix);
            List<URI> hosts = ask(name, service.endsWith("-ssl") ? "https" : "http");
            List<URI> found = service.startsWith("-server") ? peers.clientUrls(hosts) : hosts;
            if (!found.isEmpty()) {
                LOG.info("The SRV records of {} name {}", name, found);
                return found;
            }
        }
        LOG.warn("No SRV record names an etcd host in the domain {}", domain);
        return List.of();
    }

    static String nameOf(String service, String domain, Optional<String> suffix) {
        return "_etcd" + service + suffix.map(text -> "-" + text).orElse("") + "._tcp." + domain;
    }

    /** {@code priority weight port host.} as an endpoint; empty when it is something else. */
    static Optional<URI> endpoint(String record, String scheme) {
        String[] fields = record.trim().split("\\s+", -1);
        if (fields.length != 4) {
            return Optional.empty();
        }
        String host = fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
        try {
            URI uri = new URI(scheme, null, host, Integer.parseInt(fields[2]), null, null, null);
            return uri.getHost() != null && uri.getPort() > 0 ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    // The DNS provider alone, and attributes of it, are used: nothing is deserialised. Hashtable is what JNDI asks for.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<URI> ask(String name, String scheme) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", "1");
        List<URI> result = new ArrayList<>();
        try {
            DirContext dns = new InitialDirContext(environment);
            try {
                Attribute records =
                        dns.getAttributes("dns:/" + name, new String[] {"SRV"}).get("SRV");
                NamingEnumeration<?> values = records == null ? null : records.getAll();
                while (values != null && values.hasMore()) {
                    endpoint(String.valueOf(values.next()), scheme).ifPresent(result::add);
                }
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            LOG.debug("DNS has no SRV record {}", name);
        } catch (NamingException e) {
            LOG.warn("Cannot ask DNS for the SRV records of {}: {}", name, e.toString());
        }
        return result;
    }
}
