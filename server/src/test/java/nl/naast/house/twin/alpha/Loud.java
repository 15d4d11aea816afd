package nl.naast.house.twin.alpha;

/** Breaks: behaviour hides. */
public final class Loud {
    public int behave() {
        return 1;
    }
}
