package io.pgha.it.bench;

/** A line of the table: what is measured, in which unit, and what is asked for. */
enum Row {
    BOOTSTRAP(
            "three agents started on an empty etcd → one leader, two streaming; loop_wait 10",
            "s",
            "under 8 s",
            Better.LESS),
    POSTGRES_KILLED(
            "PostgreSQL killed on the primary → clients write; ttl 20, loop_wait 1",
            "s",
            "under 1 s + recovery",
            Better.LESS),
    NODE_LOST_20("node lost → clients write; ttl 20, loop_wait 1", "s", "not above Patroni's", Better.LESS),
    NODE_LOST_5("node lost → clients write; ttl 5, loop_wait 1", "s", "under 7 s", Better.LESS),
    SWITCHOVER("switchover by command: clients cannot write; loop_wait 10", "s", "under 0.8 s", Better.LESS),
    SWITCHOVER_HAPROXY("the same, for clients behind HAProxy; inter 1s fall 2 rise 1", "s", "under 2 s", Better.LESS),
    KILLED_OVERLAP("agent killed for ttl + 15 s: two writable primaries", "s", "0 s", Better.LESS),
    KILLED_LOST("agent killed for ttl + 15 s: acknowledged writes lost", "rows", "0", Better.LESS),
    FROZEN_OVERLAP("agent frozen for ttl + 15 s: two writable primaries", "s", "0 s", Better.LESS),
    FROZEN_LOST("agent frozen for ttl + 15 s: acknowledged writes lost", "rows", "0", Better.LESS),
    REST_KEPT("GET /primary, 16 connections, kept open", "req/s", "10 × Patroni's", Better.MORE),
    REST_CLOSED("GET /primary, 16 connections, a new one for each request", "req/s", "10 × Patroni's", Better.MORE),
    REST_CROWDED("GET /primary beside 2,000 idle and half-sent connections, p99", "ms", "under 50 ms", Better.LESS),
    MEMORY("resident memory of an idle agent and what it starts, but PostgreSQL", "MB", "under 120 MB", Better.LESS),
    CPU("processor time of an idle agent", "ms/s", "not above 3.5 ms/s", Better.LESS),
    ETCD("etcd requests of three idle nodes", "1/min", "not above 25", Better.LESS);

    /** Which of two figures is the better one. */
    enum Better {
        LESS,
        MORE
    }

    private final String title;
    private final String unit;
    private final String asked;
    private final Better better;

    Row(String title, String unit, String asked, Better better) {
        this.title = title;
        this.unit = unit;
        this.asked = asked;
        this.better = better;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    String asked() {
        return asked;
    }

    /** How many times better ours is; empty text where that says nothing. */
    String ratio(double ours, double theirs) {
        double worse = better == Better.LESS ? theirs : ours;
        double lesser = better == Better.LESS ? ours : theirs;
        if (worse == lesser) {
            return "1";
        }
        return lesser == 0 ? "∞" : Results.number(worse / lesser);
    }
}
