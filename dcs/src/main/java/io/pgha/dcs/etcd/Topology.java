package io.pgha.dcs.etcd;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints, and which is the one in use. Starts with the configured ones; what etcd's members advertise takes their
 * place (facts §1.1). When all have failed, the configured ones, and what DNS says now, join the list again.
 */
final class Topology {
    private static final Logger LOG = LoggerFactory.getLogger(Topology.class);
    private static final int MOST_ENDPOINTS = 100;
    private static final long DNS_PATIENCE_MILLIS = 1000;

    private final EtcdEndpoints configured;
    private final PeerMembers peers;
    private final Random random = new Random();
    private List<URI> endpoints;
    private int current;
    private int failures;
    private Optional<CompletableFuture<List<URI>>> lookup = Optional.empty();

    Topology(EtcdEndpoints configured, PeerMembers peers) {
        this.peers = peers;
        this.configured = configured;
        this.endpoints = configured.hosts();
    }

    /** The endpoint in use; empty while DNS names none. */
    synchronized Optional<URI> current() {
        if (endpoints.isEmpty()) {
            endpoints = startingPoints();
        }
        return endpoints.isEmpty() ? Optional.empty() : Optional.of(endpoints.get(current % endpoints.size()));
    }

    synchronized int size() {
        return Math.max(1, endpoints.size());
    }

    /**
     * This endpoint failed: the next one is used, if it is still the one in use. However little time a call has, and
     * however it ends, the next one goes on from there: an endpoint that is silent must not be tried for ever.
     *
     * @return whether all have failed, one after the other, since the last answer
     */
    synchronized boolean failed(URI endpoint) {
        if (endpoints.isEmpty() || !endpoints.get(current % endpoints.size()).equals(endpoint)) {
            return false;
        }
        current = (current + 1) % endpoints.size();
        failures++;
        if (failures < endpoints.size()) {
            return false;
        }
        failures = 0;
        Set<URI> all = new LinkedHashSet<>(endpoints);
        all.addAll(startingPoints());
        endpoints = List.copyOf(all);
        return true;
    }

    /** The endpoint in use answered. */
    synchronized void answered() {
        failures = 0;
    }

    /** What the members of etcd advertise; only addresses with the configured protocol count. */
    synchronized void discovered(Collection<String> clientUrls, URI inUse) {
        List<URI> found = new ArrayList<>();
        for (String url : clientUrls) {
            ClientUrl.usable(url, inUse.getScheme())
                    .filter(uri -> !found.contains(uri))
                    .ifPresent(found::add);
        }
        if (found.isEmpty() || found.size() > MOST_ENDPOINTS) {
            LOG.warn("The members of etcd advertise {} usable client URLs; keeping {}", found.size(), endpoints);
            return;
        }
        Collections.shuffle(found, random);
        if (!Set.copyOf(found).equals(Set.copyOf(endpoints))) {
            LOG.info("The members of etcd advertise {}", found);
        }
        endpoints = List.copyOf(found);
        current = Math.max(0, endpoints.indexOf(inUse));
    }

    private List<URI> startingPoints() {
        if (configured.srv().isEmpty()) {
            return configured.hosts();
        }
        List<URI> found = lookUp(configured.srv().get());
        return found.isEmpty() ? configured.hosts() : found;
    }

    /** DNS may take longer than a call has time: then its answer counts the next time. */
    private List<URI> lookUp(String domain) {
        if (lookup.isEmpty()) {
            CompletableFuture<List<URI>> answer = new CompletableFuture<>();
            lookup = Optional.of(answer);
            Thread thread = new Thread(
                    () -> answer.complete(SrvRecords.lookUp(domain, configured.srvSuffix(), peers)), "pgha-etcd-srv");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            List<URI> found = lookup.get().get(DNS_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            lookup = Optional.empty();
            return found;
        } catch (TimeoutException e) {
            return List.of();
        } catch (ExecutionException e) {
            lookup = Optional.empty();
            LOG.warn("Cannot look up the SRV records of {}: {}", domain, e.toString());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
