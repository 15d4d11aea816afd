package nl.naast.conversation;

import java.util.Optional;

/** Something that was stored: the row before (empty: it is new) and after, and the envelope that came with it. */
public record Change(Optional<Conversation> before, Conversation after, Optional<Envelope> envelope) {
    /** Whether it is more than an envelope or an acknowledgement: another state, another claim, a guest who comes, comes further or goes, or new. */
    public boolean moved() {
        return before.map(was -> was.state() != after.state() || !was.claim().map(Conversation.Claim::id).equals(after.claim().map(Conversation.Claim::id)) || guestMoved(was)).orElse(true);
    }

    private boolean guestMoved(Conversation was) {
        return (was.guest().isPresent() || after.guest().isPresent()) && !(was.stage().equals(after.stage()) && was.guest().map(Guest::call).equals(after.guest().map(Guest::call)));
    }
}
