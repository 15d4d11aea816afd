package nl.naast.conversation;

/** Tells whoever is connected that something changed, after it was stored. Best effort: readers catch up by cursor and view, so a lost announcement costs time, never a message. */
public interface Announcer {
    void announce(Change change);
}
