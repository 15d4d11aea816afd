package nl.naast.conversation;

import nl.naast.platform.Id16;

/** One envelope; random, made by the client that sends it, so that sending can be repeated. Never printed. */
public record EnvelopeId(Id16 id) {
    /** By hand, as {@link Id16}'s. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EnvelopeId that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "EnvelopeId[***]";
    }
}
