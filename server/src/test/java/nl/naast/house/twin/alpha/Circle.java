package nl.naast.house.twin.alpha;

/** Breaks: no cycle. */
class Circle {
    nl.naast.house.twin.beta.Back back;
}
