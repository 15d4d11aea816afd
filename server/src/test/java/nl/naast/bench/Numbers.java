package nl.naast.bench;

import java.util.Arrays;
import java.util.List;

/** What becomes of many measurements. */
final class Numbers {
    private Numbers() {
    }

    /** The middle one; of an even count the mean of the two in the middle. */
    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The smallest value that is not below so many hundredths of all (nearest rank). @param sorted at least one */
    static double percentile(long[] sorted, double hundredths) {
        int rank = (int) Math.ceil(hundredths / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    /** p50, p95 and p99 in milliseconds. */
    static double[] milliseconds(long[] sortedNanos) {
        return Arrays.stream(new double[] {50, 95, 99}).map(p -> percentile(sortedNanos, p) / 1e6).toArray();
    }

    /** To three figures that count: no more is known. */
    static double round(double value) {
        if (value == 0 || Double.isNaN(value)) {
            return 0;
        }
        double unit = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        return Math.round(value * unit) / unit;
    }
}
