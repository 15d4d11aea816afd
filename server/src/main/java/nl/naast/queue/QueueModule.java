package nl.naast.queue;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.abuse.RateLimit;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Announcer;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.MongoConversationRows;
import nl.naast.conversation.SqliteConversationRows;
import nl.naast.desk.DeskModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Outcome;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of the line: join it, take the first, look how long it is. */
public final class QueueModule {
    private final WaitingLine line;
    private final WaitRange range;
    private final List<Purge> purges;
    private final JoinQueue join;
    private final ClaimNext claim;
    private final AnswerCall answer;
    private final ConversationModule conversations;

    /** @param joins how often a place in the line is given, to all together */
    public QueueModule(Store store, Wrap wrap, Clock clock, QueuePolicy policy, RateLimit joins, ConversationModule conversations, DeskModule desks, Proofs proofs, Readiness readiness, Announcer announcer) {
        this.line = switch (store) {
            case SqliteStore sqlite -> new SqliteWaitingLine(sqlite, new SqliteConversationRows(wrap), clock);
            case MongoStore mongo -> new MongoWaitingLine(mongo, new MongoConversationRows(mongo, wrap), clock);
        };
        Waits waits = switch (store) {
            case SqliteStore sqlite -> new SqliteWaits(sqlite, wrap, clock);
            case MongoStore mongo -> new MongoWaits(mongo, wrap, clock);
        };
        this.purges = List.of(waits.purge(policy.waitsKept()));
        this.range = new WaitRange(waits, clock, policy.waitsKept());
        this.join = new JoinQueue(line, announcer, clock, policy, joins);
        Taking taking = new Taking(desks, conversations, proofs, readiness, policy);
        this.claim = new ClaimNext(line, taking, conversations, announcer);
        this.answer = new AnswerCall(taking, conversations);
        this.conversations = conversations;
    }

    public static Migration migration(int number) {
        return new Migration(number, "queue", SqliteWaits.SCHEMA);
    }

    public static MongoTables tables() {
        return MongoWaits.tables();
    }

    public List<Purge> purges() {
        return purges;
    }

    /** @return her conversation, the same again when she asks again; refused as malformed, full, busy (too many joins at once), not-now (another conversation with this capability) or unknown (somebody else's id) */
    public Future<Outcome<Conversation>> join(TokenHash visitor, ConversationId id, String language, byte[] consentKey) {
        return join.join(visitor, id, language, consentKey);
    }

    /** @return what this claim has, or nobody; refused as too-large, malformed, limit, lease-lost, or not-now for an expert without a statement, or who is not ready */
    public Future<Outcome<Optional<Conversation>>> claim(Claim claim, Set<String> languages) {
        return this.claim.claim(claim, languages);
    }

    /**
     * She comes as a guest; the seat's id is the call's.
     *
     * @return what she is a guest in, the same for a repetition, or nobody; refused as a claim
     */
    public Future<Outcome<Optional<Conversation>>> answer(Claim seat, Set<Role> roles, Set<String> languages) {
        return answer.answer(seat, roles, languages);
    }

    /** The calls that nobody has answered. */
    public Future<List<Conversation>> calls() {
        return conversations.calls();
    }

    /** Whether a call in {@link #calls} is one for her. */
    public static boolean mayAnswer(Conversation call, StaffId who, Set<Role> roles, Set<String> languages) {
        return AnswerCall.may(call, who, roles, languages);
    }

    /** Measures how long somebody waited who has begun to talk; to be told of every change. Best effort: a lost one is one fewer. */
    public Future<Void> noticed(Change change) {
        boolean began = change.after().state() == State.TALKING && change.before().filter(before -> before.state() != State.TALKING).isPresent();
        return began ? range.measure(change.after()) : Future.succeededFuture();
    }

    /** Everybody who waits, in order. */
    public Future<List<Waiting>> line() {
        return line.line();
    }

    /** @param language empty = all languages together; @return empty = not known yet */
    public Future<Optional<Range>> range(Optional<String> language) {
        return range.of(language);
    }
}
