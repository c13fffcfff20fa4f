package io.pgha.ctl;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.config.ClientConfig;
import io.pgha.config.CtlConfig;
import io.pgha.config.EtcdConfig;
import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A DCS that holds a sample, and members that answer what they are told to. */
final class PlayedCluster implements Backend, MemberClient {
    Sample sample;
    final Map<String, String> answers = new LinkedHashMap<>();
    /** What they answer once something was sent to one of them. */
    final Map<String, String> afterwards = new LinkedHashMap<>();

    final List<String> namespaces = new ArrayList<>();
    final Map<String, MemberClient.Reply> replies = new LinkedHashMap<>();
    final List<String> sent = new ArrayList<>();
    final List<String> written = new ArrayList<>();
    /** In place of the sample's, unless empty. */
    Map<String, Object> dynamic = Map.of();

    /** In place of the sample's, by key. */
    Map<String, byte[]> values = Map.of();

    boolean silent;
    boolean conflict;
    boolean obeys = true;

    final Map<String, List<Event>> stories = new LinkedHashMap<>();
    final List<String> gone = new ArrayList<>();

    PlayedCluster(Sample sample) {
        this.sample = sample;
    }

    @Override
    public ClusterStore store(EtcdConfig etcd, ClientConfig config, String namespace) {
        namespaces.add(namespace);
        return new ClusterStore() {
            @Override
            public ClusterView read(String cluster) {
                if (silent) {
                    throw new DcsSilentException("etcd (a) cannot be read: no answer");
                }
                ClusterView view = sample.cluster(cluster, values);
                return dynamic.isEmpty() ? view : Sample.with(view, dynamic);
            }

            @Override
            public void writeFailover(String cluster, FailoverRequest request) {
                written.add("failover " + request);
            }

            @Override
            public boolean writeConfig(String cluster, Map<String, Object> config, long modRevision) {
                written.add("config " + config);
                return !conflict;
            }

            @Override
            public Map<String, List<Event>> events(String cluster) {
                return stories;
            }

            @Override
            public void remove(String cluster) {
                written.add("remove " + cluster);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public MemberClient members(CtlConfig config) {
        return this;
    }

    @Override
    public Reply send(Member member, String method, String path, Map<String, Object> body, Duration deadline) {
        sent.add(method + " " + member.name() + path + (body.isEmpty() ? "" : " " + body));
        answers.putAll(afterwards);
        if (method.equals("PATCH") && obeys && replies.containsKey(method + " " + path)) {
            sample = Sample.read(body.containsValue(true) ? "04-paused" : "01-three-nodes-streaming");
        }
        return gone.contains(member.name())
                ? new Unreached("cannot connect")
                : replies.getOrDefault(method + " " + path, new Unreached("cannot connect"));
    }

    @Override
    public Map<String, MemberClient.Answer> ask(Collection<Member> members, Duration deadline) {
        Map<String, MemberClient.Answer> given = new LinkedHashMap<>();
        members.forEach(member -> given.put(
                member.name(),
                answers.containsKey(member.name())
                        ? new MemberClient.Status(status(answers.get(member.name())))
                        : new MemberClient.Silent("no answer in time")));
        return given;
    }

    private static MemberStatus status(String json) {
        try {
            return new MemberStatus(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
