package nl.naast.conversation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Guest.Stage;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * {@link Conversations} in MongoDB. One change is one conditional write of the row; what comes before it (moving the newest envelope) and after it (destroying envelopes, shortening their life) may be cut off and is then
 * made up by the next change or by the sweep: nothing that the row calls unneeded or expired is ever read.
 */
final class MongoConversations implements Conversations {
    private static final String ENVELOPES = "envelope";
    private static final List<String> OPEN = Stream.of(State.values()).filter(state -> state != State.ENDED).map(State::name).toList();

    private record Rows(Conversation row, Optional<Step.Stored<Void>> tail) {
    }

    private final MongoStore store;
    private final MongoConversationRows rows;
    private final EnvelopeCodec codec;
    private final Clock clock;

    MongoConversations(MongoStore store, MongoConversationRows rows, Wrap wrap, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.codec = new EnvelopeCodec(wrap);
        this.clock = clock;
    }

    @Override
    public <T> Future<Changed<T>> change(ConversationId id, Function<Conversation, Step<T>> rule) {
        return store.again(() -> attempt(id, rule));
    }

    /** @return empty when somebody was faster */
    private <T> Future<Optional<Changed<T>>> attempt(ConversationId id, Function<Conversation, Step<T>> rule) {
        return read(id).compose(found -> found.isEmpty() ? Future.succeededFuture(Optional.of(new Changed<T>(Outcome.refused(Problem.UNKNOWN), Optional.empty()))) : decided(found.get(), rule.apply(found.get().row())));
    }

    /** @return empty when somebody was faster */
    private <T> Future<Optional<Changed<T>>> decided(Rows found, Step<T> step) {
        if (step.next().isEmpty()) {
            return Future.succeededFuture(Optional.of(new Changed<>(step.outcome(), Optional.empty())));
        }
        return step.envelope().map(stored -> seqOf(found, stored.envelope())).orElse(Future.succeededFuture(Optional.empty()))
            .compose(there -> there.isPresent() ? Future.succeededFuture(Optional.of(new Changed<>(step.envelope().orElseThrow().repeated().apply(there.get()), Optional.empty()))) : carryOut(found, step));
    }

    private <T> Future<Optional<Changed<T>>> carryOut(Rows found, Step<T> step) {
        Conversation next = step.next().orElseThrow();
        if (next.traceless()) {
            return store.first(() -> store.collection(MongoConversationRows.TABLE).deleteOne(MongoConversationRows.atVersion(next)))
                .compose(deleted -> deleted.orElseThrow().getDeletedCount() == 0 ? Future.succeededFuture(Optional.<Changed<T>>empty()) : destroyUpTo(next.id(), Long.MAX_VALUE).map(done -> Optional.of(changed(found, next, step))));
        }
        return makeRoom(found, step).compose(moved -> rows.arrived(next)).compose(row -> rows.update(row, tail(found, step)))
            .compose(after -> after.isEmpty() ? Future.succeededFuture(Optional.empty()) : afterwards(found.row(), after.get()).map(done -> Optional.of(changed(found, after.get(), step))));
    }

    private static <T> Changed<T> changed(Rows found, Conversation after, Step<T> step) {
        return new Changed<>(step.outcome(), Optional.of(new Change(Optional.of(found.row()), after, step.envelope().map(Step.Stored<T>::envelope))));
    }

    /** Before another one takes its place, the newest envelope is moved to the others. */
    private Future<Void> makeRoom(Rows found, Step<?> step) {
        return step.envelope().isPresent() && found.tail().isPresent() ? insert(found.tail().get()) : Future.succeededFuture();
    }

    private Future<Void> insert(Step.Stored<Void> stored) {
        Envelope envelope = stored.envelope();
        Document document = MongoExpiry.fields(stored.expiresAt()).append("_id", envelope.conversation().id().text() + "/" + envelope.seq()).append("conversation", envelope.conversation().id().text())
            .append("seq", envelope.seq()).append("id", envelope.id().id().text()).append("sealed", new Binary(codec.seal(envelope, stored.expiresAt())));
        return store.first(() -> store.collection(ENVELOPES).insertOne(document)).<Void>mapEmpty().recover(failed -> MongoStore.duplicate(failed) ? Future.succeededFuture() : Future.failedFuture(failed));
    }

    private Bson[] tail(Rows found, Step<?> step) {
        if (step.envelope().isPresent()) {
            return new Bson[] {MongoTail.set(codec, step.envelope().get())};
        }
        Conversation next = step.next().orElseThrow();
        if (found.tail().isEmpty()) {
            return new Bson[0];
        }
        Step.Stored<Void> tail = found.tail().get();
        if (tail.envelope().seq() <= next.unneeded()) {
            return new Bson[] {MongoTail.unset()};
        }
        Instant end = next.facts().expiresAt();
        return !next.open() && tail.expiresAt().isAfter(end) ? new Bson[] {MongoTail.set(codec, new Step.Stored<>(tail.envelope(), end, tail.repeated()))} : new Bson[0];
    }

    private Future<Void> afterwards(Conversation before, Conversation after) {
        Future<Void> destroyed = after.unneeded() > 0 ? destroyUpTo(after.id(), after.unneeded()) : Future.succeededFuture();
        return before.open() && !after.open() ? destroyed.compose(done -> shorten(after)) : destroyed;
    }

    private Future<Void> destroyUpTo(ConversationId id, long seq) {
        return store.first(() -> store.collection(ENVELOPES).deleteMany(Filters.and(of(id), Filters.lte("seq", seq)))).mapEmpty();
    }

    /** The end of a conversation brings the end of its envelopes nearer: each is sealed anew under its shorter life. */
    private Future<Void> shorten(Conversation row) {
        Instant end = row.facts().expiresAt();
        return store.all(() -> store.collection(ENVELOPES).find(of(row.id()))).compose(found -> {
            Future<Void> all = Future.succeededFuture();
            for (Step.Stored<Void> stored : found.stream().map(this::stored).filter(each -> each.expiresAt().isAfter(end)).toList()) {
                Document shorter = MongoExpiry.fields(end).append("sealed", new Binary(codec.seal(stored.envelope(), end)));
                Bson which = Filters.eq("_id", row.id().id().text() + "/" + stored.envelope().seq());
                all = all.compose(before -> store.first(() -> store.collection(ENVELOPES).updateOne(which, new Document("$set", shorter))).mapEmpty());
            }
            return all;
        });
    }

    private Future<Optional<Long>> seqOf(Rows found, Envelope envelope) {
        Optional<Long> newest = found.tail().map(Step.Stored::envelope).filter(tail -> tail.id().equals(envelope.id())).map(Envelope::seq);
        return newest.isPresent() ? Future.succeededFuture(newest)
            : store.first(() -> store.collection(ENVELOPES).find(Filters.and(of(envelope.conversation()), Filters.eq("id", envelope.id().id().text())))).map(there -> there.map(document -> MongoStore.number(document, "seq")));
    }

    private Future<Optional<Rows>> read(ConversationId id) {
        return rows.documents(clock.now(), Filters.eq("_id", id.id().text())).map(found -> found.stream().findFirst().map(document -> new Rows(rows.row(document), MongoTail.of(codec, document))));
    }

    @Override
    public Future<Optional<Conversation>> find(ConversationId id) {
        return read(id).map(found -> found.map(Rows::row));
    }

    @Override
    public Future<Optional<Conversation>> ofVisitor(TokenHash visitor) {
        return rows.select(clock.now(), Filters.eq("visitor_tag", visitor.text())).map(found -> found.stream().findFirst());
    }

    @Override
    public Future<List<Conversation>> ofStaff(StaffId staff) {
        String tag = rows.staffTag(staff);
        // Looked at again: a row that is being changed may be sent as it stands a moment later (ADR 0018).
        return rows.select(clock.now(), Filters.or(Filters.eq("staff_tag", tag), Filters.eq("guest_tag", tag))).map(found -> found.stream().filter(row -> row.seatOf(staff).isPresent()).toList());
    }

    @Override
    public Future<List<Conversation>> calls() {
        return rows.select(clock.now(), Filters.and(Filters.eq("state", State.TALKING.name()), Filters.ne("call_id", null))).map(found -> found.stream().filter(row -> row.stage().filter(Stage.CALLED::equals).isPresent()).toList());
    }

    @Override
    public Future<Optional<Conversation>> ofCall(ClaimId call) {
        return rows.select(clock.now(), Filters.eq("call_id", call.id().text())).map(found -> found.stream().findFirst());
    }

    @Override
    public Future<List<Conversation>> open() {
        return rows.select(clock.now(), Filters.in("state", OPEN));
    }

    /** The row is read first: what is moved out of it meanwhile is then found in both places rather than in neither. */
    @Override
    public Future<List<Envelope>> envelopes(ConversationId id, long after, int limit) {
        return read(id).compose(found -> found.isEmpty() ? Future.succeededFuture(List.of()) : moved(id, Math.max(after, found.get().row().unneeded()), limit).map(moved -> {
            Instant now = clock.now();
            long last = moved.isEmpty() ? 0 : moved.getLast().envelope().seq();
            // When the limit cut, what stands between the last of these and the tail is not known.
            boolean whole = moved.size() < limit;
            return Stream.concat(moved.stream(), found.get().tail().stream().filter(tail -> whole && tail.envelope().seq() > Math.max(after, last)))
                .filter(stored -> stored.expiresAt().isAfter(now)).map(Step.Stored::envelope).toList();
        }));
    }

    private Future<List<Step.Stored<Void>>> moved(ConversationId id, long after, int limit) {
        return store.all(() -> store.collection(ENVELOPES).find(Filters.and(of(id), Filters.gt("seq", after))).sort(Sorts.ascending("seq")).limit(limit)).map(found -> found.stream().map(this::stored).toList());
    }

    private static Bson of(ConversationId id) {
        return Filters.eq("conversation", id.id().text());
    }

    private Step.Stored<Void> stored(Document found) {
        return codec.open(new ConversationId(new nl.naast.platform.Id16(found.getString("conversation"))), MongoStore.number(found, "seq"), new EnvelopeId(new nl.naast.platform.Id16(found.getString("id"))), MongoStore.bytes(found, "sealed"));
    }

    @Override
    public List<Purge> purges(Policy policy) {
        return List.of(new MongoExpiry(store, "envelope", ENVELOPES, policy.envelopeLife(), document -> !stored(document).expiresAt().isAfter(clock.now())),
            new MongoTailExpiry(store, rows, codec, clock, policy.envelopeLife()),
            new MongoExpiry(store, "conversation", MongoConversationRows.TABLE, policy.afterEnd(), document -> !rows.row(document).facts().expiresAt().isAfter(clock.now()),
                ids -> store.first(() -> store.collection(ENVELOPES).deleteMany(Filters.in("conversation", ids))).mapEmpty()));
    }
}
