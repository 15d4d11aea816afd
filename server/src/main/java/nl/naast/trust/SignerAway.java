package nl.naast.trust;

/** The signing process cannot be asked now, or answered what nobody could use. The caller may try again. */
final class SignerAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignerAway() {
        super("the signing process does not sign", null, false, false);
    }
}
