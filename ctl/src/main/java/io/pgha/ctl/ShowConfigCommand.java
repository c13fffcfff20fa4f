package io.pgha.ctl;

import io.pgha.core.model.DynamicConfigKey;
import io.pgha.ctl.table.YamlText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl show-config}. */
@Command(name = "show-config", description = "Show the dynamic configuration of a cluster as YAML.")
final class ShowConfigCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        try (Session session = Objects.requireNonNull(hactl, "picocli sets it").open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            DynamicConfigKey config = session.store()
                    .read(name)
                    .config()
                    .filter(DynamicConfigKey::valid)
                    .orElseThrow(() -> new CtlException(
                            "cluster " + name + " has no dynamic configuration in etcd: it is not bootstrapped yet,"
                                    + " or its name or namespace is another"));
            Objects.requireNonNull(spec, "picocli sets it")
                    .commandLine()
                    .getOut()
                    .print(YamlText.block(config.values()) + "\n");
        }
    }
}
