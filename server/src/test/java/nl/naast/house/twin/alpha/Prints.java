package nl.naast.house.twin.alpha;

/** Breaks: lines are written in one room. */
class Prints {
    void to() {
        System.err.println();
    }
}
