package io.pgha.postgres.local;

import io.pgha.core.model.Upstream;
import io.pgha.postgres.conf.MemberUrl;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A remote cluster may be given by several hosts, of which one is primary now (facts §5.18). */
final class Hosts {
    private static final Logger log = LoggerFactory.getLogger(Hosts.class);

    private Hosts() {}

    /** The one of its hosts that takes writes; the first when none of them says so. */
    static Upstream primaryOf(Instance instance, Upstream upstream) {
        List<Upstream> each = each(upstream);
        for (Upstream one : each.size() == 1 ? List.<Upstream>of() : each) {
            try {
                if (!new Source(instance, one).ask().inRecovery()) {
                    return one;
                }
            } catch (SQLException e) {
                log.debug("{}: {}", one.connUrl(), e.getMessage());
            }
        }
        return each.get(0);
    }

    private static List<Upstream> each(Upstream upstream) {
        Optional<MemberUrl> url = MemberUrl.parse(upstream.connUrl());
        return url.isEmpty()
                ? List.of(upstream)
                : url.get().hosts().stream()
                        .map(host -> new Upstream(
                                upstream.name(),
                                "postgres://" + (host.host().contains(":") ? "[" + host.host() + "]" : host.host())
                                        + ":" + host.port() + "/" + url.get().database(),
                                upstream.remote()))
                        .toList();
    }
}
