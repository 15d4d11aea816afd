package nl.naast.bench;

import java.util.List;
import java.util.Map;

/**
 * What a figure is held to.
 *
 * @param least whether the figure may not be below the bound (else: not above it)
 * @param gate whether missing it fails the run; else it is an aim
 */
record Goal(String figure, boolean least, double bound, boolean gate) {
    /** The order of the table. */
    static final List<Goal> ALL = List.of(
        new Goal("messages_ratio", true, 0.25, true), new Goal("cpu_ratio", false, 6, true), new Goal("p50_ratio", false, 5, true),
        new Goal("messages_ratio_to_log", true, 0.5, false), new Goal("cpu_ratio_to_log", false, 2, false), new Goal("p99_ms", false, 10, false),
        new Goal("idle_kib", false, 12, false), new Goal("cold_start_s", false, 1, false), new Goal("disk_ratio", false, 3, false));

    boolean met(double value) {
        return least ? value >= bound : value <= bound;
    }

    /** @return the gates that the measured figures miss; what was not measured is not missed */
    static List<Goal> missed(Map<String, Double> figures) {
        return ALL.stream().filter(goal -> goal.gate() && figures.containsKey(goal.figure()) && !goal.met(figures.get(goal.figure()))).toList();
    }

    String words(double value) {
        return (gate ? "gate " : "aim ") + (least ? "≥ " : "≤ ") + (bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound)) + (met(value) ? ": met" : ": MISSED");
    }
}
