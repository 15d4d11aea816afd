package nl.naast.house.twin.alpha;

/** Breaks: cryptography stays in its rooms. */
class Counts {
    org.bouncycastle.math.ec.ECPoint point;
}
