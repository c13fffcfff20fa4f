package io.pgha.dcs.kv;

import io.pgha.core.model.Timeline;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.wire.RawEntry;
import java.util.Optional;
import java.util.OptionalLong;

/** The key in which the highest timeline number stands that was ever claimed (ADR 0008). */
final class TimelineClaims {
    /** A number that is further ahead than this is no claim but a mistake: it would use up the numbers. */
    private static final int FARTHEST = 1000;

    private final String key;
    private final Writer writer;

    TimelineClaims(String key, Writer writer) {
        this.key = key;
        this.writer = writer;
    }

    DcsOutcome<Timeline> claim(Timeline above) {
        DcsOutcome<TxnReply> read =
                writer.repeat(writer.attempts(), "read the claimed timeline", Txn.always(new Op.Get(key)));
        return Outcomes.then(read, reply -> {
            Optional<RawEntry> entry = reply.got();
            int claimed = entry.map(found -> number(found.text(), above)).orElse(0);
            Timeline next = new Timeline(Math.max(claimed, above.number()) + 1);
            DcsOutcome<Long> written = writer.atRevision(
                    "claim a timeline",
                    key,
                    new Op.Put(key, next.toString(), 0),
                    OptionalLong.of(entry.map(RawEntry::modRevision).orElse(0L)));
            return Outcomes.then(written, revision -> new DcsOutcome.Done<>(next));
        });
    }

    private static int number(String text, Timeline above) {
        if (!text.matches("[0-9]{1,9}")) {
            return 0;
        }
        int number = Integer.parseInt(text);
        return number > above.number() + FARTHEST ? 0 : number;
    }
}
