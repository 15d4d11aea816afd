package nl.naast.conversation;

import nl.naast.platform.Id16;

/** One conversation; random, made by the visitor's client. Alone it opens nothing. Never printed. */
public record ConversationId(Id16 id) {
    /** By hand, as {@link Id16}'s. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ConversationId that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "ConversationId[***]";
    }
}
