package nl.naast.house.twin.alpha;

/** Breaks: nobody knows the root package. */
class Climbs {
    nl.naast.house.twin.Root root;
}
