package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import java.util.List;
import java.util.Optional;

/** What to say about a key that is not known where it stands. Such keys are kept and have no effect. */
final class Placement {

    private static final KeyPath DYNAMIC_ROOT = KeyPath.of("bootstrap", "dcs");

    private final Findings findings;

    Placement(Findings findings) {
        this.findings = findings;
    }

    /** A key that belongs elsewhere, or is misspelt, or is simply unknown. */
    void unknown(Schema.Node parent, KeyPath path, KeySpec.Level level) {
        if (belongsElsewhere(path, level) || nearMiss(parent, path)) {
            return;
        }
        findings.warning(path, "is not known, it has no effect", "", "remove it, or see docs/configuration.md");
    }

    /** Complains if a known key has a very similar name. */
    boolean nearMiss(Schema.Node parent, KeyPath path) {
        Optional<String> meant = DidYouMean.among(parent.names(), path.name());
        meant.ifPresent(name -> findings.warning(
                path,
                "is not known, it has no effect",
                "",
                "did you mean \"" + path.parent().child(name) + "\"?"));
        return meant.isPresent();
    }

    /** Complains if the key is known on another level, and says which. */
    boolean belongsElsewhere(KeyPath path, KeySpec.Level level) {
        List<KeySpec> candidates = Schema.instance().named(path.name());
        List<KeySpec> sameLevel = candidates.stream()
                .filter(key -> level == KeySpec.Level.DYNAMIC
                        ? key.level().dynamic()
                        : key.level().local())
                .toList();
        List<KeySpec> best = sameLevel.isEmpty() ? candidates : sameLevel;
        if (best.isEmpty() || best.size() > 2) {
            return misplacedParameter(path, level);
        }
        KeySpec key = best.get(0);
        boolean local = level == KeySpec.Level.DYNAMIC
                ? !key.level().dynamic()
                : key.level().local();
        findings.warning(path, "has no effect here", "", where(key, local, path));
        return true;
    }

    private static String where(KeySpec key, boolean local, KeyPath path) {
        if (!local) {
            String place = DYNAMIC_ROOT.append(key.path()).toString();
            return path.startsWith(DYNAMIC_ROOT)
                    ? "it belongs to " + place
                    : "it is cluster-wide: it belongs to " + place
                            + " (and once the cluster exists, it is set with hactl edit-config)";
        }
        return key.path().elements().size() == 1
                ? "it belongs to the top level: " + key.path()
                : "it belongs to " + key.path();
    }

    // max_connections directly below postgresql, or at the top
    private boolean misplacedParameter(KeyPath path, KeySpec.Level level) {
        if (path.elements().size() > 4 || Gucs.named(path.name()).isEmpty()) {
            return false;
        }
        boolean clusterWide = level == KeySpec.Level.DYNAMIC || ClusterWide.contains(path.name());
        KeyPath place = KeyPath.of("postgresql", "parameters", path.name());
        findings.warning(
                path,
                "has no effect here",
                "",
                "it is a parameter of PostgreSQL and belongs to " + (clusterWide ? DYNAMIC_ROOT.append(place) : place));
        return true;
    }
}
