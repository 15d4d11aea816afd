package nl.naast.bench;

/** Which measurement gives which figures, one after the other: nothing else runs meanwhile. */
record Figures(Place place, Load load, Report report) {
    void measure(Bench.Asked asked) throws Exception {
        if (asked.wants("messages", "cpu", "latency")) {
            new Messages(place, load, report).measure(asked);
        }
    }
}
