package nl.naast.conversation;

import java.util.Optional;

/** Something that was stored: the row before (empty: it is new) and after, and the envelope that came with it. */
public record Change(Optional<Conversation> before, Conversation after, Optional<Envelope> envelope) {
}
