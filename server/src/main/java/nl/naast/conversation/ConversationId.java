package nl.naast.conversation;

import nl.naast.platform.Id16;

/** One conversation; random, made by the visitor's client. Alone it opens nothing. Never printed. */
public record ConversationId(Id16 id) {
    @Override
    public String toString() {
        return "ConversationId[***]";
    }
}
