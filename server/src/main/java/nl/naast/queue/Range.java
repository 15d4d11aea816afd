package nl.naast.queue;

/** How long people waited lately, in whole minutes: most of them between {@code lo} and {@code hi}. */
public record Range(int lo, int hi) {
}
