package nl.naast.live;

/** A visitor's connection. */
interface VisitorLink extends Link {
    /** Whether the view she was told last has a place in the line in it. */
    boolean waits();
}
