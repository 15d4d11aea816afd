package nl.naast.platform;

/**
 * How a fact is stored: sealed, or, where a write or a search is conditional on it, as a tag. Later the keys behind it change with the day of expiry; the port stays.
 */
public interface Wrap {
    /** A sealed value was changed, cut, or sealed for another place. */
    final class Forged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Forged() {
            super("a sealed value does not open", null, false, false);
        }
    }

    /** Seals for one place: {@code place} (table, column, row id) is bound to it and must be the same when opening. */
    byte[] seal(String place, byte[] plain);

    /** @throws Forged when it was not sealed by this key for this place */
    byte[] open(String place, byte[] sealed);

    /** @return 32 bytes, HMAC-SHA-256 over label and value: equal values of one label have equal tags, and without the key a tag says nothing */
    byte[] tag(String label, byte[] value);
}
