package io.pgha.dcs.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.pgha.dcs.kv.Compare;
import io.pgha.dcs.kv.KeyEvent;
import io.pgha.dcs.kv.Op;
import io.pgha.dcs.kv.Txn;
import io.pgha.dcs.kv.TxnReply;
import io.pgha.dcs.wire.RawEntry;

/** Our transactions and entries as etcd's messages, and back. */
final class Requests {
    private Requests() {}

    static RangeRequest range(String prefix) {
        return RangeRequest.newBuilder()
                .setKey(bytes(prefix))
                .setRangeEnd(endOf(prefix))
                .build();
    }

    static WatchRequest watch(String prefix, long fromRevision) {
        return WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                        .setKey(bytes(prefix))
                        .setRangeEnd(endOf(prefix))
                        .setStartRevision(fromRevision))
                .build();
    }

    static TxnRequest txn(Txn txn) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        txn.when().forEach(compare -> request.addCompare(compare(compare)));
        txn.then().forEach(op -> request.addSuccess(op(op)));
        txn.otherwise().forEach(op -> request.addFailure(op(op)));
        return request.build();
    }

    static TxnReply reply(TxnResponse response) {
        return new TxnReply(
                response.getSucceeded(),
                response.getHeader().getRevision(),
                response.getResponsesList().stream().map(Requests::opReply).toList());
    }

    static RawEntry entry(KeyValue kv) {
        return new RawEntry(
                kv.getKey().toStringUtf8(),
                kv.getValue().toByteArray(),
                kv.getLease(),
                kv.getCreateRevision(),
                kv.getModRevision());
    }

    static KeyEvent event(Event event) {
        KeyValue kv = event.getKv();
        return event.getType() == Event.EventType.DELETE
                ? new KeyEvent.Deleted(kv.getKey().toStringUtf8(), kv.getModRevision())
                : new KeyEvent.Written(entry(kv));
    }

    private static io.etcd.jetcd.api.Compare compare(Compare compare) {
        io.etcd.jetcd.api.Compare.Builder message = io.etcd.jetcd.api.Compare.newBuilder()
                .setKey(bytes(compare.key()))
                .setResult(CompareResult.EQUAL);
        if (compare instanceof Compare.CreateRevision created) {
            message.setTarget(CompareTarget.CREATE).setCreateRevision(created.revision());
        } else if (compare instanceof Compare.ModRevision modified) {
            message.setTarget(CompareTarget.MOD).setModRevision(modified.revision());
        } else if (compare instanceof Compare.Value value) {
            message.setTarget(CompareTarget.VALUE).setValue(bytes(value.text()));
        }
        return message.build();
    }

    private static RequestOp op(Op op) {
        RequestOp.Builder message = RequestOp.newBuilder();
        if (op instanceof Op.Put put) {
            message.setRequestPut(PutRequest.newBuilder()
                    .setKey(bytes(put.key()))
                    .setValue(UnsafeByteOperations.unsafeWrap(put.value()))
                    .setLease(put.leaseId()));
        } else if (op instanceof Op.Get get) {
            message.setRequestRange(RangeRequest.newBuilder().setKey(bytes(get.key())));
        } else if (op instanceof Op.Delete delete) {
            message.setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(delete.key())));
        } else if (op instanceof Op.DeletePrefix all) {
            message.setRequestDeleteRange(
                    DeleteRangeRequest.newBuilder().setKey(bytes(all.prefix())).setRangeEnd(endOf(all.prefix())));
        } else if (op instanceof Op.Nested nested) {
            message.setRequestTxn(txn(nested.txn()));
        }
        return message.build();
    }

    private static TxnReply.OpReply opReply(ResponseOp response) {
        return switch (response.getResponseCase()) {
            case RESPONSE_RANGE ->
                new TxnReply.Got(response.getResponseRange().getKvsList().stream()
                        .findFirst()
                        .map(Requests::entry));
            case RESPONSE_TXN -> new TxnReply.Inner(reply(response.getResponseTxn()));
            default -> new TxnReply.Wrote();
        };
    }

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    /** The first key that does not start with the prefix any more; a prefix ends with a slash, never with 0xff. */
    private static ByteString endOf(String prefix) {
        byte[] end = ByteString.copyFromUtf8(prefix).toByteArray();
        end[end.length - 1]++;
        return ByteString.copyFrom(end);
    }
}
