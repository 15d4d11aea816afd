package nl.naast.conversation;

import nl.naast.platform.Id16;

/** One claim; random, made by the desk, so that claiming can be repeated. Never printed. */
public record ClaimId(Id16 id) {
    @Override
    public String toString() {
        return "ClaimId[***]";
    }
}
