package io.pgha.restapi;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a {@code lag=} that is no size. It counts as none (facts §3.3), so that a load balancer goes on; but whoever wrote
 * it believes that replicas which are behind get no clients. Any thread.
 */
final class QueryRemarks {
    private static final Logger LOG = LoggerFactory.getLogger(QueryRemarks.class);
    /** Checks come every second, from anybody: each text is said once, and no more than these. */
    private static final int MOST = 5;

    private static final int LONGEST = 40;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Looks at the query of a health check. */
    void heard(Query query) {
        remark(query).ifPresent(text -> LOG.warn("{}", text));
    }

    /** What is to be said now. */
    Optional<String> remark(Query query) {
        return query.first("lag")
                .filter(text -> DataSize.parse(text).isEmpty())
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("\\p{Cntrl}", "?"))
                .filter(text -> told.size() < MOST && told.add(text))
                .map(text -> "a health check asks for lag=" + text
                        + ", which is no size such as 16MB: it counts as no limit, as with Patroni");
    }
}
