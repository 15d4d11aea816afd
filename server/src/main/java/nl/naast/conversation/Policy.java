package nl.naast.conversation;

import java.time.Duration;

/**
 * How long and how much, as boot passes it in (docs/retention.md, protocol.md §10).
 *
 * @param envelopeLife a message is destroyed at the latest this long after it was written
 * @param openLife a conversation is ended at the latest this long after it began
 * @param afterEnd a conversation's facts, and what is left of its envelopes, are destroyed this long after its end
 * @param envelopeBytes the largest envelope
 * @param unacknowledged the most envelopes that one conversation keeps
 */
public record Policy(Duration envelopeLife, Duration openLife, Duration afterEnd, int envelopeBytes, int unacknowledged) {
}
