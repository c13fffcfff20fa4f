package io.pgha.core.rules.paused;

import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.ForeignData;
import java.util.Optional;

/** What several rules of this section ask. */
final class Maintenance {
    private Maintenance() {}

    /** The request that may be obeyed in pause: not scheduled, and with a candidate (facts §5.11). */
    static Optional<FailoverRequest> request(Situation situation) {
        return Handover.request(situation)
                .filter(request ->
                        request.scheduledAt().isEmpty() && request.candidate().isPresent());
    }

    /** Whether such a request names this node. */
    static boolean iAmChosen(Situation situation) {
        return request(situation)
                .flatMap(FailoverRequest::candidate)
                .filter(situation.me()::equals)
                .isPresent();
    }

    /** Whether the data directory belongs to another cluster than the one in the DCS. */
    static boolean isForeign(Situation situation) {
        return ForeignData.of(situation.view(), situation.local().systemIdentifier())
                .isPresent();
    }
}
