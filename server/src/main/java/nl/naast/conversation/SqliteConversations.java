package nl.naast.conversation;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.KnownRows.Known;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Purge;
import nl.naast.platform.Sql;
import nl.naast.platform.SqlWork;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** {@link Conversations} in SQLite: one unit of work for each change; the one writer means that nobody is ever faster in between. */
final class SqliteConversations implements Conversations {
    /** As many as may be open by default (docs/protocol.md §10); a few KB each. */
    private static final int MOST_KNOWN = 2_000;

    private final SqliteStore store;
    private final SqliteConversationRows rows;
    private final SqliteEnvelopes envelopes;
    private final Clock clock;
    private final KnownRows known = new KnownRows(MOST_KNOWN);

    SqliteConversations(SqliteStore store, SqliteConversationRows rows, Wrap wrap, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.envelopes = new SqliteEnvelopes(wrap);
        this.clock = clock;
        store.tell(known);
    }

    @Override
    public <T> Future<Changed<T>> change(ConversationId id, Function<Conversation, Step<T>> rule) {
        return store.write(changing(id, rule));
    }

    @Override
    public <T> Future<Changed<T>> changeSoon(ConversationId id, Function<Conversation, Step<T>> rule) {
        return store.writeSoon(changing(id, rule));
    }

    private <T> SqlWork<Changed<T>> changing(ConversationId id, Function<Conversation, Step<T>> rule) {
        return connection -> {
            Optional<Known> guess = known.find(id);
            Optional<Changed<T>> changed = guess.isPresent() ? guessed(connection, guess.get(), rule) : Optional.empty();
            return changed.isPresent() ? changed.get() : read(connection, id, rule);
        };
    }

    /** Only a change is decided on what was known, because only that is conditional on the version. @return empty when the row has to be read */
    private <T> Optional<Changed<T>> guessed(Connection connection, Known guess, Function<Conversation, Step<T>> rule) throws SQLException {
        Step<T> step = rule.apply(guess.row());
        boolean may = step.next().isPresent() && guess.row().facts().expiresAt().isAfter(clock.now()) && step.envelope().filter(stored -> guess.lying().may(stored.envelope().id())).isEmpty();
        return may ? carryOut(connection, guess, step) : Optional.empty();
    }

    private <T> Changed<T> read(Connection connection, ConversationId id, Function<Conversation, Step<T>> rule) throws SQLException {
        Optional<Conversation> found = one(connection, "id = ?", id.id().bytes());
        if (found.isEmpty()) {
            return new Changed<>(Outcome.refused(Problem.UNKNOWN), Optional.empty());
        }
        Known row = new Known(envelopes.recall(connection, found.get()), envelopes.lying(connection, id));
        Step<T> step = rule.apply(row.row());
        if (step.next().isEmpty()) {
            return new Changed<>(step.outcome(), Optional.empty());
        }
        Optional<Long> lies = step.envelope().isPresent() ? envelopes.seqOf(connection, step.envelope().get().envelope()) : Optional.empty();
        return lies.isPresent() ? new Changed<>(step.envelope().get().repeated().apply(lies.get()), Optional.empty())
            : carryOut(connection, row, step).orElseThrow(() -> new IllegalStateException("only the one writer changes a row"));
    }

    /** @return empty, and nothing is written, when the row is not the given one any more */
    private <T> Optional<Changed<T>> carryOut(Connection connection, Known before, Step<T> step) throws SQLException {
        Optional<Conversation> written = rows.update(connection, before.row(), step.next().orElseThrow());
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Conversation after = written.get();
        Lying lying = before.lying();
        if (step.envelope().isPresent()) {
            Envelope envelope = step.envelope().get().envelope();
            envelopes.insert(connection, step.envelope().get());
            lying = lying.and(envelope.seq(), envelope.id());
        }
        if (after.unneeded() > before.row().unneeded()) {
            envelopes.destroyUpTo(connection, after.id(), after.unneeded());
            lying = lying.above(after.unneeded());
        }
        if (after.traceless()) {
            Sql.update(connection, "DELETE FROM conversation WHERE id = ?", (Object) after.id().id().bytes());
        } else if (before.row().open() && !after.open()) {
            envelopes.shorten(connection, after.id(), after.facts().expiresAt());
        }
        known.written(new Known(after, lying));
        return Optional.of(new Changed<>(step.outcome(), Optional.of(new Change(Optional.of(before.row()), after, step.envelope().map(Step.Stored<T>::envelope)))));
    }

    @Override
    public Future<Optional<Conversation>> find(ConversationId id) {
        return store.read(connection -> one(connection, "id = ?", id.id().bytes()));
    }

    @Override
    public Future<Optional<Conversation>> ofVisitor(TokenHash visitor) {
        return store.read(connection -> one(connection, "visitor_tag = ?", visitor.bytes()));
    }

    @Override
    public Future<List<Conversation>> ofStaff(StaffId staff) {
        byte[] tag = rows.staffTag(staff);
        return store.read(connection -> rows.select(connection, clock.now(), "staff_tag = ? OR guest_tag = ?", tag, tag));
    }

    @Override
    public Future<List<Conversation>> calls() {
        return store.read(connection -> rows.select(connection, clock.now(), "call_id IS NOT NULL AND guest_tag IS NULL"));
    }

    @Override
    public Future<Optional<Conversation>> ofCall(ClaimId call) {
        return store.read(connection -> one(connection, "call_id = ?", call.id().bytes()));
    }

    @Override
    public Future<List<Conversation>> open() {
        return store.read(connection -> rows.select(connection, clock.now(), SqliteConversationRows.OPEN));
    }

    @Override
    public Future<List<Envelope>> envelopes(ConversationId id, long after, int limit) {
        return store.read(connection -> envelopes.after(connection, id, after, limit).stream().filter(stored -> stored.expiresAt().isAfter(clock.now())).map(Step.Stored::envelope).toList());
    }

    @Override
    public List<Purge> purges(Policy policy) {
        return List.of(new SqliteEnvelopeExpiry(store, rows, envelopes, clock, policy.envelopeLife()),
            new SqliteExpiry(store, "conversation", "conversation", policy.afterEnd(), row -> !rows.expiresAt(row).isAfter(clock.now())));
    }

    private Optional<Conversation> one(Connection connection, String condition, byte[] value) throws SQLException {
        return rows.select(connection, clock.now(), condition, (Object) value).stream().findFirst();
    }
}
