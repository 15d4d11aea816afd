package nl.naast.house.twin.beta;

/** A door. */
public final class BetaModule {
}
