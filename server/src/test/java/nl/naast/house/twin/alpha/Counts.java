package nl.naast.house.twin.alpha;

/** Breaks: cryptography stays in its rooms. */
class Counts {
    java.security.MessageDigest digest;
}
