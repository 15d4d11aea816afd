package nl.naast.conversation;

import java.util.Locale;

/** What an envelope is in MLS (protocol.md §8): an application message, a commit, or the commit and Welcome that take somebody in. */
public enum Kind {
    MESSAGE(0), COMMIT(1), ADD(2);

    /** As it lies in the store: never another one for the same kind. */
    private final byte stored;
    private final String word;

    Kind(int stored) {
        this.stored = (byte) stored;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    byte stored() {
        return stored;
    }

    /** @throws IllegalStateException no kind has this number */
    static Kind ofStored(byte number) {
        for (Kind kind : values()) {
            if (kind.stored == number) {
                return kind;
            }
        }
        throw new IllegalStateException("a kind of this number was never stored");
    }

    public String word() {
        return word;
    }
}
