package nl.naast.live;

import nl.naast.abuse.RateLimit;
import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import nl.naast.wire.FrameReader;

/**
 * What every connection needs, made once.
 *
 * @param deskSockets of the staff alone: however many visitors come, an expert finds a place
 * @param watch is told what is refused, and how long an envelope took to be stored
 */
record Live(ConversationModule conversations, Dispatcher dispatcher, Views views, Hub hub, FrameReader frames, RateLimit rate, Places sockets, Places deskSockets, Wrap wrap, Clock clock, LivePolicy policy, LiveWatch watch) {
}
