package nl.naast.house.twin;

/** Stands where Main stands. */
public final class Root {
}
