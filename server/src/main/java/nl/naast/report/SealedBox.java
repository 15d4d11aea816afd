package nl.naast.report;

/** A sealed box as far as a server can tell: its version, and between which lengths it is (formats.md). */
public interface SealedBox {
    /** The most bytes of one. */
    int MOST = 8_192;
    /** Version, encapsulated key, tag: of a text without a character. */
    int LEAST = 1 + 65 + 16;
    byte VERSION = 1;

    static boolean is(byte[] box) {
        return box.length >= LEAST && box.length <= MOST && box[0] == VERSION;
    }
}
