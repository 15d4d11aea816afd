package nl.naast.conversation;

import nl.naast.platform.Id16;

/** One envelope; random, made by the client that sends it, so that sending can be repeated. Never printed. */
public record EnvelopeId(Id16 id) {
    @Override
    public String toString() {
        return "EnvelopeId[***]";
    }
}
