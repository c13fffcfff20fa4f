package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Orders;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.LeaseTimes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A watchdog device that is required and cannot be used (facts §5.20). */
class WatchdogRulesTest {
    private static final Orders MISSING = Orders.NONE.without(Optional.of("/dev/watchdog does not exist"));

    @Test
    void aReplicaIsNoCandidate() {
        Decision decision = Cases.aReplica().unlocked().ordered(MISSING).decision();
        assertThat(decision.action()).isEqualTo(new Action.Wait());
        assertThat(decision.reason()).contains("it needs a watchdog device: /dev/watchdog does not exist");
    }

    @Test
    void aPrimaryStops() {
        Decision decision = Cases.aLeader().ordered(MISSING).decisionAfter(Cases.lockHeld());
        assertThat(decision.rule()).isEqualTo("LeaderNeedsItsWatchdog");
        assertThat(decision.action()).isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }

    @Test
    void aStandbyWithTheLockGivesItUp() {
        Decision decision = Cases.aReplica().ledBy("a").ordered(MISSING).decisionAfter(Cases.lockHeld());
        assertThat(decision.action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
    }

    @Test
    void aStandbyUnderAnothersLockGoesOn() {
        assertThat(Cases.aReplica().ordered(MISSING).action())
                .isEqualTo(Cases.aReplica().action());
    }

    @ParameterizedTest
    @CsvSource({"30,5,10", "30,15,5", "20,5,10", "60,5,10", "20,10,5"})
    void everythingIsOverBeforeTheDeviceFires(long ttl, long margin, long loopWait) {
        HaSettings settings = HaSettings.defaults("a", "demo")
                .withTimes(Duration.ofSeconds(ttl), Duration.ofSeconds(loopWait), Duration.ofSeconds(3))
                .toBuilder()
                .watchdogMargin(Duration.ofSeconds(margin))
                .build();
        LeaseTimes leads = settings.leaseTimes();
        Duration device = Duration.ofSeconds(margin);
        assertThat(leads.deadManLead()).isGreaterThan(device);
        assertThat(leads.guardLead()).isGreaterThan(leads.deadManLead());
        assertThat(leads.demoteLead()).isGreaterThan(leads.guardLead());
        assertThat(Duration.ofSeconds(ttl).minus(leads.demoteLead()))
                .as("there is time for the next renewal")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(loopWait));
    }

    @Test
    void withoutADeviceNothingChanges() {
        HaSettings settings = HaSettings.defaults("a", "demo");
        assertThat(settings.leaseTimes()).isEqualTo(LeaseTimes.forTtl(settings.ttl()));
    }
}
