package nl.naast.house.twin.trial;

/** Stands where trial stands. */
public record Key() {
}
