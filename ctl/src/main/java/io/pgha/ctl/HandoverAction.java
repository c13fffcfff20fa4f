package io.pgha.ctl;

/** The two ways to hand over (facts §4.5). */
enum HandoverAction {
    /** From a leader, to a candidate or whoever is able. */
    SWITCHOVER("switchover", "Switchover"),
    /** To a candidate, whoever leads or not. */
    FAILOVER("failover", "Failover");

    private final String word;
    private final String noun;

    HandoverAction(String word, String noun) {
        this.word = word;
        this.noun = noun;
    }

    /** As in the path of the REST API. */
    String word() {
        return word;
    }

    /** At the beginning of a sentence. */
    String noun() {
        return noun;
    }
}
