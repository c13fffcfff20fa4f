package io.pgha.postgres.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.Lsn;
import org.junit.jupiter.api.Test;

class WalCommandTest {
    @Test
    void placeholdersAreReplacedAndOthersStay() {
        assertThat(WalCommand.expand("cp /a/%f %p; echo 100%% %r %x %", "/wal/F", "F"))
                .isEqualTo("cp /a/F /wal/F; echo 100% 000000010000000000000001 %x %");
    }

    @Test
    void aRecordOfPgWaldumpIsRead() {
        String line =
                "rmgr: XLOG        len (rec/tot):    114/   114, tx:          0, lsn: 0/02000028, prev 0/01FFFF60,"
                        + " desc: CHECKPOINT_SHUTDOWN redo 0/2000028; tli 1; prev tli 1";
        assertThat(WalRecords.WalRecord.parse(line))
                .contains(new WalRecords.WalRecord(
                        "XLOG", new Lsn(0x2000028), new Lsn(0x1FFFF60), "CHECKPOINT_SHUTDOWN"));
        assertThat(WalRecords.WalRecord.parse("pg_waldump: fatal: could not find"))
                .isEmpty();
    }
}
