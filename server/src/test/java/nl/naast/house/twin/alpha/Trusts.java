package nl.naast.house.twin.alpha;

/** Breaks: nobody knows trial. */
class Trusts {
    nl.naast.house.twin.trial.Key key;
}
