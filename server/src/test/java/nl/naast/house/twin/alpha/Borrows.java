package nl.naast.house.twin.alpha;

import org.bouncycastle.util.Strings;

/** Breaks BOUNCY_CASTLE_STAYS_WITH_KEYS. */
class Borrows {
    static byte[] bytes() {
        return Strings.toByteArray("borrowed");
    }
}
