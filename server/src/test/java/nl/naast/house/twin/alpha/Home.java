package nl.naast.house.twin.alpha;

/** A port, which may be public. */
public interface Home {
}
