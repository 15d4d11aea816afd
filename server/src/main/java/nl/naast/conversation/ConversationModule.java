package nl.naast.conversation;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Outcome;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of conversations: the relay of envelopes between a visitor and her expert, and its ends. */
public final class ConversationModule {
    private final Conversations conversations;
    private final Relay relay;
    private final AppendEnvelope append;
    private final ReadEnvelopes read;
    private final Clock clock;
    private final Policy policy;
    private final List<Purge> purges;

    public ConversationModule(Store store, Wrap wrap, Clock clock, Policy policy, Announcer announcer) {
        this.conversations = switch (store) {
            case SqliteStore sqlite -> new SqliteConversations(sqlite, new SqliteConversationRows(wrap), wrap, clock);
            case MongoStore mongo -> new MongoConversations(mongo, new MongoConversationRows(mongo, wrap), wrap, clock);
        };
        this.purges = conversations.purges(policy);
        this.relay = new Relay(conversations, announcer);
        this.append = new AppendEnvelope(relay, wrap, clock, policy);
        this.read = new ReadEnvelopes(conversations);
        this.clock = clock;
        this.policy = policy;
    }

    public static Migration migration(int number) {
        return new Migration(number, "conversation", SqliteConversationRows.SCHEMA);
    }

    /** The second step of its tables. */
    public static Migration relayMigration(int number) {
        return new Migration(number, "relay", SqliteConversationRows.RELAY);
    }

    /** The third: a guest. */
    public static Migration guestMigration(int number) {
        return new Migration(number, "guest", SqliteConversationRows.GUEST);
    }

    public static MongoTables tables() {
        return MongoConversationRows.tables();
    }

    public List<Purge> purges() {
        return purges;
    }

    /**
     * Stores one envelope; repeating it answers the same.
     *
     * @return its sequence number, or refused as too-large, malformed, unknown, closed, not-now, stale-epoch or limit (protocol.md §8)
     */
    public Future<Outcome<Long>> append(Member by, ConversationId conversation, EnvelopeId id, Kind kind, byte[] body) {
        return append.append(by, conversation, id, kind, body);
    }

    /** @return the envelopes after a cursor, or refused as unknown */
    public Future<Outcome<Page>> fetch(Member by, ConversationId conversation, long after, int limit) {
        return read.read(by, conversation, after, limit);
    }

    /** "I need nothing up to {@code seq} any more." Refused as unknown, or malformed when there is no such number yet. */
    public Future<Outcome<Void>> ack(Member by, ConversationId conversation, long seq) {
        return relay.changeSoon(conversation, row -> AckEnvelopes.decide(row, by, seq));
    }

    /** The visitor leaves, the expert closes. Refused as unknown. */
    public Future<Outcome<Void>> end(Member by, ConversationId conversation) {
        return relay.change(conversation, row -> EndConversation.decide(row, by, policy, clock.now()));
    }

    /** The server ends it, unless it changed since it was {@code seen}. */
    public Future<Outcome<Void>> end(Conversation seen, Why why) {
        return relay.change(seen.id(), row -> EndConversation.decide(row, seen, why, policy, clock.now()));
    }

    /** The expert gives it back; while she joins it counts as a missed join. Refused as unknown or closed. @param again the visitor may be given to her again, though they talked */
    public Future<Outcome<Void>> release(Member.OfDesk by, ConversationId conversation, boolean again) {
        return relay.change(conversation, row -> ReleaseConversation.decide(row, by, again, policy, clock.now()));
    }

    /** The server empties a seat, the lead's or a guest's, if it still stands. */
    public Future<Outcome<Void>> release(ConversationId conversation, ClaimId claim, Again again) {
        return relay.change(conversation, row -> ReleaseConversation.decide(row, claim, again, clock.now()));
    }

    /** Nothing was heard for too long of the desk that had this seat: unless a newer desk has it by now. */
    public Future<Outcome<Void>> vanished(ConversationId conversation, Claim seen) {
        return relay.change(conversation, row -> ReleaseConversation.vanished(row, seen, clock.now()));
    }

    /** The server empties a seat that brought nobody yet, if it still stands. */
    public Future<Outcome<Void>> releaseUnjoined(ConversationId conversation, ClaimId claim, Again again) {
        return relay.change(conversation, row -> ReleaseConversation.unjoined(row, claim, again, clock.now()));
    }

    /** A newer desk of the same expert, with this fence, takes over what an older one has; what was not joined yet is given back. */
    public Future<Outcome<Void>> takeOver(ConversationId conversation, ClaimId claim, long fence) {
        return relay.change(conversation, row -> TakeOver.decide(row, claim, fence, clock.now()));
    }

    /** The time for a join is over: a seat that still stands, and brought nobody, becomes empty. @param there whether her visitor's line stands */
    public Future<Outcome<Void>> missed(ConversationId conversation, ClaimId claim, boolean there) {
        return relay.change(conversation, row -> MissedJoin.decide(row, claim, there, policy, clock.now()));
    }

    /** The lead asks for a third person; repeating it changes nothing. Refused as unknown, closed, or not-now (not talking, another call stands). */
    public Future<Outcome<Void>> call(Member.OfDesk by, ConversationId conversation, ClaimId call, Purpose purpose, boolean warm) {
        return relay.change(conversation, row -> CallGuest.call(row, by, call, purpose, warm));
    }

    /** @return what she is a guest in now, the same for a repetition; empty when somebody else is, when there is no such call, or not for her */
    public Future<Outcome<Optional<Conversation>>> answer(ConversationId conversation, Claim seat) {
        return relay.change(conversation, row -> CallGuest.answer(row, seat));
    }

    /** Refused as unknown, closed, or not-now (she has become the lead). */
    public Future<Outcome<Void>> uncall(Member.OfDesk by, ConversationId conversation, ClaimId call) {
        return relay.change(conversation, row -> CallGuest.uncall(row, by, call));
    }

    /** Refused as unknown, closed, or not-now (she has become the lead). */
    public Future<Outcome<Void>> decline(Member.OfVisitor by, ConversationId conversation, ClaimId call) {
        return relay.change(conversation, row -> CallGuest.decline(row, by, call));
    }

    /** Refused as unknown, closed, or not-now (no such guest, or she is not in). */
    public Future<Outcome<Void>> handOver(Member.OfDesk by, ConversationId conversation, ClaimId call) {
        return relay.change(conversation, row -> CallGuest.handOver(row, by, call));
    }

    /** Refused as unknown, closed, or not-now (somebody else is about to join her already). */
    public Future<Outcome<Void>> another(Member.OfVisitor by, ConversationId conversation) {
        return relay.change(conversation, row -> CallGuest.another(row, by, clock.now()));
    }

    /** The calls that nobody has answered, as whoever may answer them sees them. */
    public Future<List<Conversation>> calls() {
        return conversations.calls();
    }

    /** What this call is about, whoever has answered. */
    public Future<Optional<Conversation>> ofCall(ClaimId call) {
        return conversations.ofCall(call);
    }

    public Future<Optional<Conversation>> find(ConversationId conversation) {
        return conversations.find(conversation);
    }

    public Future<Optional<Conversation>> ofVisitor(TokenHash visitor) {
        return conversations.ofVisitor(visitor);
    }

    /** Those that she has, as the lead or as a guest, and those that ended while she had them. */
    public Future<List<Conversation>> ofStaff(StaffId staff) {
        return conversations.ofStaff(staff);
    }

    /** All that have not ended. */
    public Future<List<Conversation>> open() {
        return conversations.open();
    }
}
