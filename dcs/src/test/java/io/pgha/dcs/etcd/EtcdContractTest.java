package io.pgha.dcs.etcd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.dcs.DcsContractTest;
import io.pgha.dcs.DcsWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract, on a real etcd. */
@Tag("real")
class EtcdContractTest extends DcsContractTest {
    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() {
        assumeTrue(EtcdProcess.isInstalled(), "etcd is not installed");
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Override
    protected DcsWorld newWorld() {
        return new EtcdWorld(etcd);
    }
}
