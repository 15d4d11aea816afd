package nl.naast.conversation;

import java.util.Locale;

/** The sides of a conversation: the visitor, the expert who leads it, and a guest ({@link Guest}). */
public enum Party {
    VISITOR(0), EXPERT(1), GUEST(2);

    /** As it lies in the store: never another one for the same side. */
    private final byte stored;
    private final String word;

    Party(int stored) {
        this.stored = (byte) stored;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    byte stored() {
        return stored;
    }

    /** @throws IllegalStateException no side has this number */
    static Party ofStored(byte number) {
        for (Party party : values()) {
            if (party.stored == number) {
                return party;
            }
        }
        throw new IllegalStateException("a party of this number was never stored");
    }

    public String word() {
        return word;
    }
}
