package nl.naast.conversation;

import java.util.Locale;

/** The two sides of a conversation. */
public enum Party {
    VISITOR, EXPERT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
