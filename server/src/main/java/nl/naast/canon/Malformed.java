package nl.naast.canon;

/** Bytes that are no canonical form. Says nothing about which rule failed: whoever sent them is a bug or an attacker. */
public final class Malformed extends RuntimeException {
    Malformed() {
        super("malformed", null, false, false);
    }
}
