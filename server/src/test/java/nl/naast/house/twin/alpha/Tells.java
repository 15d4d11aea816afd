package nl.naast.house.twin.alpha;

/** Breaks: lines are written in one room. */
class Tells {
    org.slf4j.Logger log;
}
