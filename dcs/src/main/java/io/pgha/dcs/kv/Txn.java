package io.pgha.dcs.kv;

import java.util.List;

/**
 * A transaction as etcd has them: if all conditions hold the one list of steps is carried out, otherwise the other one.
 *
 * @param when the conditions; none: they hold
 * @param then steps when they hold
 * @param otherwise steps when one does not
 */
public record Txn(List<Compare> when, List<Op> then, List<Op> otherwise) {
    public Txn {
        when = List.copyOf(when);
        then = List.copyOf(then);
        otherwise = List.copyOf(otherwise);
    }

    /** One step without a condition. */
    public static Txn always(Op op) {
        return new Txn(List.of(), List.of(op), List.of());
    }

    /** One step under one condition; otherwise the key is read. */
    public static Txn when(Compare compare, Op op) {
        return new Txn(List.of(compare), List.of(op), List.of(new Op.Get(compare.key())));
    }
}
