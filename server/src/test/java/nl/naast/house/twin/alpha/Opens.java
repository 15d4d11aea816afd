package nl.naast.house.twin.alpha;

/** Breaks: only boot opens doors. */
class Opens {
    Object door() {
        return new nl.naast.house.twin.beta.BetaModule();
    }
}
