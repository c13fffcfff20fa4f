package io.pgha.dcs.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.pgha.core.time.Clock;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.kv.KvClient;
import io.pgha.dcs.kv.Snapshot;
import io.pgha.dcs.kv.Txn;
import io.pgha.dcs.kv.TxnReply;
import io.pgha.dcs.kv.WatchSink;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests to whichever endpoint of etcd answers. */
final class EtcdClient implements KvClient {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdClient.class);
    private static final Duration SHORTEST_SHARE = Duration.ofSeconds(1);
    private static final int TRIES_OF_A_SINGLE_ENDPOINT = 3;
    private static final Duration DISCOVERY_TIMEOUT = Duration.ofSeconds(1);

    /** One message each way: what etcd makes a stream is, on the wire, a plain call. */
    private static final MethodDescriptor<LeaseKeepAliveRequest, LeaseKeepAliveResponse> KEEP_ALIVE_ONCE =
            LeaseGrpc.getLeaseKeepAliveMethod().toBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .build();

    private final Clock clock;
    private final EtcdEndpoints configured;
    private final Optional<EtcdLogin> login;
    private final Topology topology;
    private final Channels channels;
    private final TermGuard terms = new TermGuard();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<String> token = Optional.empty();
    private volatile boolean discoveryDue;
    private volatile Duration ttl;
    private volatile Duration retryTimeout;
    private volatile @Nullable EtcdWatch watch;
    private @Nullable Connection connection;

    EtcdClient(EtcdSettings settings, Clock clock) {
        this.clock = clock;
        this.configured = settings.endpoints();
        this.login = settings.login();
        this.topology = new Topology(settings.endpoints(), new PeerMembers(settings.tls()));
        this.channels = new Channels(settings.tls());
        this.discoveryDue = settings.endpoints().discovery();
        this.ttl = settings.ttl();
        this.retryTimeout = settings.retryTimeout();
    }

    @Override
    public DcsOutcome<Snapshot> range(String purpose, String prefix, Duration timeout) {
        return ask(
                purpose,
                KVGrpc.getRangeMethod(),
                Requests.range(prefix),
                timeout,
                response -> response.getHeader(),
                response -> new DcsOutcome.Done<>(new Snapshot(
                        response.getKvsList().stream().map(Requests::entry).toList(),
                        response.getHeader().getRevision())));
    }

    @Override
    public DcsOutcome<TxnReply> txn(String purpose, Txn txn, Duration timeout) {
        return ask(
                purpose,
                KVGrpc.getTxnMethod(),
                Requests.txn(txn),
                timeout,
                response -> response.getHeader(),
                response -> new DcsOutcome.Done<>(Requests.reply(response)));
    }

    @Override
    public DcsOutcome<Long> grantLease(String purpose, Duration leaseTtl, Duration timeout) {
        return ask(
                purpose,
                LeaseGrpc.getLeaseGrantMethod(),
                LeaseGrantRequest.newBuilder().setTTL(wholeSeconds(leaseTtl)).build(),
                timeout,
                response -> response.getHeader(),
                response -> new DcsOutcome.Done<>(response.getID()));
    }

    @Override
    public DcsOutcome<Void> keepLease(String purpose, long leaseId, Duration timeout) {
        return ask(
                purpose,
                KEEP_ALIVE_ONCE,
                LeaseKeepAliveRequest.newBuilder().setID(leaseId).build(),
                timeout,
                response -> response.getHeader(),
                response -> response.getTTL() > 0
                        ? DcsOutcome.done()
                        : new DcsOutcome.LeaseLost<>(purpose + ": etcd has no such lease any more"));
    }

    @Override
    public Duration attemptTimeout(Duration budget) {
        int nodes = topology.size();
        int tries = nodes * (TRIES_OF_A_SINGLE_ENDPOINT + 1 - Math.min(nodes, TRIES_OF_A_SINGLE_ENDPOINT));
        Duration share = budget.dividedBy(tries);
        return share.compareTo(SHORTEST_SHARE) > 0 ? share : SHORTEST_SHARE;
    }

    @Override
    public void watch(String prefix, WatchSink sink) {
        EtcdWatch started = new EtcdWatch(this, prefix, sink);
        watch = started;
        started.start();
    }

    @Override
    public void rewatch() {
        EtcdWatch running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean watchIsProven() {
        Connection used = existing();
        return used != null && clock.now().since(used.lastAnswer()).compareTo(ttl) < 0;
    }

    @Override
    public void timing(Duration newTtl, Duration newRetryTimeout) {
        ttl = newTtl;
        retryTimeout = newRetryTimeout;
    }

    @Override
    public void close() {
        closed.countDown();
        EtcdWatch running = watch;
        if (running != null) {
            running.close();
        }
        Connection used = existing();
        if (used != null) {
            discard(used);
        }
        channels.close();
    }

    /** Waits, but not for a client that is closed. */
    void pause(long time, TimeUnit unit) {
        try {
            boolean over = closed.await(time, unit);
            LOG.trace("waited, closed: {}", over);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    Duration attemptTimeout() {
        return attemptTimeout(retryTimeout);
    }

    /** How often the list of members is asked for (facts §1.1). */
    Duration discoveryInterval() {
        return ttl.multipliedBy(10);
    }

    /** The token to send along, if there is one. */
    Optional<String> usableToken() {
        return token.filter(text -> !text.isEmpty());
    }

    /** The connection in use, if there is one. */
    synchronized @Nullable Connection existing() {
        return connection;
    }

    /** Throws a connection away that failed, and moves on to the next endpoint. */
    void discard(Connection failed) {
        synchronized (this) {
            if (failed.equals(connection)) {
                connection = null;
                if (topology.failed(failed.endpoint())) {
                    rediscover();
                }
            }
        }
        failed.close();
        EtcdWatch running = watch;
        if (running != null) {
            running.interruptOn(failed);
        }
    }

    /** Asks one endpoint after the other until one takes the request; each at most once. */
    private <Q, R, T> DcsOutcome<T> ask(
            String purpose,
            MethodDescriptor<Q, R> method,
            Q request,
            Duration timeout,
            Function<R, ResponseHeader> header,
            Function<R, DcsOutcome<T>> result) {
        Budget budget = new Budget(clock, timeout);
        String reason = isClosed() ? "the client is closed" : "no time left";
        boolean authenticatedAnew = false;
        int tries = topology.size();
        for (int i = 0; i < tries && !budget.isOver() && !isClosed(); i++) {
            Connection used;
            try {
                used = connection();
            } catch (IOException e) {
                return new DcsOutcome.Unavailable<>(purpose + ": " + e.getMessage());
            }
            Answer<R> answer = askOnce(used, method, request, budget);
            if (answer.value() != null) {
                if (!terms.accepts(header.apply(answer.value()), clock.now(), ttl)) {
                    discard(used);
                    return new DcsOutcome.Unknown<>(purpose + ": " + used + " is behind the other members of etcd");
                }
                topology.answered();
                discoverWhenDue(used);
                return result.apply(answer.value());
            }
            Failure failure = answer.failure();
            reason = used + ": " + failure.text();
            switch (failure.kind()) {
                case NOT_CARRIED_OUT -> discard(used);
                case STILL_CONNECTING -> {
                    // Where there is no other endpoint the next attempt goes on with what this one has begun.
                    if (tries > 1) {
                        discard(used);
                    }
                }
                case UNKNOWN -> {
                    discard(used);
                    return new DcsOutcome.Unknown<>(purpose + ": " + reason);
                }
                case TOKEN -> {
                    if (authenticatedAnew || login.isEmpty()) {
                        return new DcsOutcome.Denied<>(purpose + ": " + reason);
                    }
                    token = Optional.empty();
                    authenticatedAnew = true;
                    i--;
                }
                case LEASE_LOST -> {
                    return new DcsOutcome.LeaseLost<>(purpose + ": " + reason);
                }
                case DENIED, NO_AUTHENTICATION -> {
                    return new DcsOutcome.Denied<>(purpose + ": " + reason);
                }
                case REFUSED -> {
                    return new DcsOutcome.Refused<>(purpose + ": " + reason);
                }
            }
        }
        return new DcsOutcome.Unavailable<>(purpose + ": etcd is not reachable, last tried " + reason);
    }

    /** Rounded up: a lease must never be shorter than its owner believes. */
    private static long wholeSeconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private <Q, R> Answer<R> askOnce(Connection used, MethodDescriptor<Q, R> method, Q request, Budget budget) {
        if (login.isPresent() && token.isEmpty()) {
            Optional<Failure> failure = authenticate(used, login.get(), budget);
            if (failure.isPresent()) {
                return new Answer<>(null, failure.get());
            }
        }
        return send(used, method, request, usableToken(), budget.left());
    }

    /** Fetches a token; an etcd without authentication gets an empty one, which is not sent. */
    private Optional<Failure> authenticate(Connection used, EtcdLogin who, Budget budget) {
        AuthenticateRequest request = AuthenticateRequest.newBuilder()
                .setName(who.username())
                .setPassword(who.password())
                .build();
        var answer = send(used, AuthGrpc.getAuthenticateMethod(), request, Optional.empty(), budget.left());
        if (answer.value() != null) {
            token = Optional.of(answer.value().getToken());
            return Optional.empty();
        }
        Failure failure = answer.failure();
        return switch (failure.kind()) {
            case NO_AUTHENTICATION -> {
                token = Optional.of("");
                yield Optional.empty();
            }
            // Nothing but the token was asked for: the request itself has not been sent.
            case UNKNOWN -> Optional.of(new Failure(Failure.Kind.NOT_CARRIED_OUT, failure.text()));
            case TOKEN, REFUSED -> Optional.of(new Failure(Failure.Kind.DENIED, failure.text()));
            default -> Optional.of(failure);
        };
    }

    private <Q, R> Answer<R> send(
            Connection used, MethodDescriptor<Q, R> method, Q request, Optional<String> with, Duration timeout) {
        SentProof proof = new SentProof();
        try {
            return new Answer<>(used.ask(method, request, with, proof, timeout), Answer.NO_FAILURE);
        } catch (StatusRuntimeException e) {
            return new Answer<>(null, Failure.of(e, proof.isSent()));
        }
    }

    private synchronized Connection connection() throws IOException {
        Connection used = connection;
        if (used == null) {
            URI endpoint = topology.current().orElseThrow(() -> new IOException("DNS names no host of etcd"));
            Duration share = attemptTimeout(retryTimeout);
            Duration half = share.dividedBy(2);
            Duration connectTimeout = half.compareTo(SHORTEST_SHARE) > 0 ? half : SHORTEST_SHARE;
            used = new Connection(endpoint, channels.open(endpoint, connectTimeout, retryTimeout), clock);
            connection = used;
        }
        return used;
    }

    /** With the first answer, after all endpoints had failed, and whenever {@link #rediscover} was called. */
    private void discoverWhenDue(Connection used) {
        if (!discoveryDue) {
            return;
        }
        discoveryDue = false;
        MemberListRequest request = MemberListRequest.getDefaultInstance();
        Answer<MemberListResponse> answer =
                send(used, ClusterGrpc.getMemberListMethod(), request, usableToken(), DISCOVERY_TIMEOUT);
        if (answer.value() != null) {
            List<String> urls = answer.value().getMembersList().stream()
                    .filter(member -> !member.getIsLearner())
                    .flatMap(member -> member.getClientURLsList().stream())
                    .toList();
            topology.discovered(urls, used.endpoint());
        } else {
            LOG.debug("Cannot list the members of etcd: {}", answer.failure().text());
        }
    }

    /** The list of members is asked for with the next request. */
    void rediscover() {
        discoveryDue = configured.discovery();
    }

    /** What came back: a value, or a failure. */
    private record Answer<R>(@Nullable R value, Failure failure) {
        static final Failure NO_FAILURE = new Failure(Failure.Kind.REFUSED, "");
    }
}
