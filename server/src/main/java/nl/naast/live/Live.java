package nl.naast.live;

import nl.naast.abuse.RateLimit;
import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import nl.naast.wire.FrameReader;

/** What every connection needs, made once. */
record Live(ConversationModule conversations, Dispatcher dispatcher, Views views, Hub hub, FrameReader frames, RateLimit rate, Places sockets, Wrap wrap, Clock clock, LivePolicy policy) {
}
