package nl.naast.bench;

/** Which measurement gives which figures, one after the other: nothing else runs meanwhile. */
record Figures(Place place, Load load, Report report) {
    void measure(Bench.Asked asked) throws Exception {
        if (asked.wants("messages", "cpu", "latency")) {
            new Messages(place, load, report).measure(asked);
        }
        Alone alone = new Alone(place, load, report);
        if (asked.wants("disk")) {
            alone.disk();
        }
        if (asked.wants("start")) {
            alone.start();
        }
        if (asked.wants("drop")) {
            alone.drop();
        }
        if (asked.wants("idle")) {
            alone.idle();
        }
    }
}
