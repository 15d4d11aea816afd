package nl.naast.conversation;

import java.util.Locale;

/** What an envelope is in MLS (protocol.md §8): an application message, a commit, or the commit and Welcome that take somebody in. */
public enum Kind {
    MESSAGE, COMMIT, ADD;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
