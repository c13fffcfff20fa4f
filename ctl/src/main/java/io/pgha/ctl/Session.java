package io.pgha.ctl;

import io.pgha.config.AgentAddress;
import io.pgha.config.ClientConfig;
import io.pgha.config.ClientConfigResult;
import io.pgha.config.ConfigLoader;
import io.pgha.config.CtlConfig;
import io.pgha.config.EtcdConfig;
import io.pgha.config.source.Problem;
import io.pgha.core.model.ClusterView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of the program: the configuration that counts, and the connections that it opens. */
final class Session implements AutoCloseable {
    private final ClientConfig config;
    private final Optional<DcsUrl> url;
    private final boolean insecure;
    private final Backend backend;
    private final Map<String, String> environment;
    private @Nullable ClusterStore store;

    private Session(
            ClientConfig config,
            Optional<DcsUrl> url,
            boolean insecure,
            Backend backend,
            Map<String, String> environment) {
        this.config = config;
        this.url = url;
        this.insecure = insecure;
        this.backend = backend;
        this.environment = environment;
    }

    /**
     * Loads the configuration.
     *
     * @param file of {@code -c}
     * @param dcs of {@code -d}
     * @throws CtlException when a file cannot be read
     */
    static Session open(
            Optional<Path> file,
            Optional<String> dcs,
            boolean insecure,
            Backend backend,
            Map<String, String> environment) {
        Optional<DcsUrl> url = dcs.map(DcsUrl::parse);
        ClientConfigResult loaded = ConfigLoader.loadForClient(ConfigFiles.choose(file, environment), environment);
        if (Problem.anyError(loaded.problems()) && url.isEmpty()) {
            List<String> lines =
                    loaded.problems().stream().map(Problem::toString).toList();
            throw new CtlException("the configuration cannot be read\n  " + String.join("\n  ", lines));
        }
        return new Session(loaded.config(), url, insecure, backend, environment);
    }

    /** The clusters that a command is about: those named, else that of the configuration; may be none. */
    List<String> clusters(List<String> named) {
        return named.isEmpty() ? config.scope().stream().toList() : named;
    }

    /**
     * The one cluster that a command is about.
     *
     * @throws CtlException when neither the command line nor the configuration names one
     */
    String cluster(Optional<String> named) {
        return named.or(config::scope)
                .orElseThrow(() -> new CtlException(
                        "no cluster is named: pass its name, or a configuration (-c) with the key scope"));
    }

    /** Where the agent of the configuration is, if it is one of this cluster. */
    Optional<AgentAddress> agentOf(String cluster) {
        return config.agent()
                .filter(agent -> config.scope().filter(cluster::equals).isPresent());
    }

    ClusterStore store() {
        ClusterStore opened = store;
        if (opened == null) {
            EtcdConfig etcd = url.map(DcsUrl::etcd)
                    .or(config::etcd)
                    .orElseThrow(() -> new CtlException(ConfigFiles.howToSay(environment)));
            String namespace = url.flatMap(DcsUrl::namespace).orElse(config.namespace());
            opened = backend.store(etcd, config, namespace);
            store = opened;
        }
        return opened;
    }

    /**
     * What stands in etcd of a cluster that has to be there.
     *
     * @throws CtlException when nothing of it is there
     */
    ClusterView existing(String name) {
        ClusterView view = store().read(name);
        if (view.members().isEmpty()
                && view.initialize().isEmpty()
                && view.config().isEmpty()) {
            throw new CtlException("there is no cluster " + name + ": nothing of it stands in etcd");
        }
        return view;
    }

    MemberClient members() {
        CtlConfig ctl = config.ctl();
        return backend.members(
                insecure
                        ? new CtlConfig(
                                ctl.login(), true, ctl.cacert(), ctl.certfile(), ctl.keyfile(), ctl.keyfilePassword())
                        : ctl);
    }

    @Override
    public void close() {
        ClusterStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }
}
