package nl.naast.conversation;

import static nl.naast.conversation.SqliteConversationRows.bind;
import static nl.naast.conversation.SqliteConversationRows.day;
import static nl.naast.conversation.SqliteConversationRows.id;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
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
    private final EnvelopeCodec codec;
    private final Clock clock;
    private final KnownRows known = new KnownRows(MOST_KNOWN);

    SqliteConversations(SqliteStore store, SqliteConversationRows rows, Wrap wrap, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.codec = new EnvelopeCodec(wrap);
        this.clock = clock;
    }

    @Override
    public <T> Future<Changed<T>> change(ConversationId id, Function<Conversation, Step<T>> rule) {
        return noted(store.write(changing(id, rule)));
    }

    @Override
    public <T> Future<Changed<T>> changeSoon(ConversationId id, Function<Conversation, Step<T>> rule) {
        return noted(store.writeSoon(changing(id, rule)));
    }

    private <T> SqlWork<Changed<T>> changing(ConversationId id, Function<Conversation, Step<T>> rule) {
        Optional<Conversation> guess = known.find(id);
        return connection -> {
            Optional<Changed<T>> changed = guess.isPresent() ? guessed(connection, guess.get(), rule) : Optional.empty();
            return changed.isPresent() ? changed.get() : read(connection, id, rule);
        };
    }

    private <T> Future<Changed<T>> noted(Future<Changed<T>> written) {
        return written.onSuccess(changed -> changed.change().ifPresent(change -> known.committed(change.after())));
    }

    /** Only a change is decided on what was known, because only that is conditional on the version. @return empty when the row has to be read */
    private <T> Optional<Changed<T>> guessed(Connection connection, Conversation row, Function<Conversation, Step<T>> rule) throws SQLException {
        Step<T> step = rule.apply(row);
        boolean may = step.next().isPresent() && row.facts().expiresAt().isAfter(clock.now());
        return may ? carryOut(connection, row, step) : Optional.empty();
    }

    private <T> Changed<T> read(Connection connection, ConversationId id, Function<Conversation, Step<T>> rule) throws SQLException {
        Optional<Conversation> row = one(connection, "id = ?", id.id().bytes());
        if (row.isEmpty()) {
            return new Changed<>(Outcome.refused(Problem.UNKNOWN), Optional.empty());
        }
        Step<T> step = rule.apply(row.get());
        return step.next().isEmpty() ? new Changed<>(step.outcome(), Optional.empty())
            : carryOut(connection, row.get(), step).orElseThrow(() -> new IllegalStateException("only the one writer changes a row"));
    }

    /** @return empty, and nothing is written, when the row is not the given one any more */
    private <T> Optional<Changed<T>> carryOut(Connection connection, Conversation before, Step<T> step) throws SQLException {
        Optional<Conversation> written = rows.update(connection, before, step.next().orElseThrow());
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Conversation after = written.get();
        if (step.envelope().isPresent() && !insert(connection, step.envelope().get())) {
            return Optional.of(repeated(connection, before, after, step.envelope().get()));
        }
        if (after.unneeded() > before.unneeded()) {
            destroyUpTo(connection, after);
        }
        if (after.traceless()) {
            Sql.update(connection, "DELETE FROM conversation WHERE id = ?", (Object) after.id().id().bytes());
        } else if (before.open() && !after.open()) {
            shorten(connection, after.id(), after.facts().expiresAt());
        }
        return Optional.of(new Changed<>(step.outcome(), Optional.of(new Change(Optional.of(before), after, step.envelope().map(Step.Stored<T>::envelope)))));
    }

    /** An envelope with this id lies there: the row becomes again what it was. */
    private <T> Changed<T> repeated(Connection connection, Conversation before, Conversation after, Step.Stored<T> stored) throws SQLException {
        long seq = seqOf(connection, stored.envelope()).orElseThrow(() -> new IllegalStateException("another envelope has this number"));
        Conversation back = new Conversation(before.id(), before.state(), before.arrival(), before.visitor(), before.claim(), before.log(), before.facts(), after.version());
        rows.update(connection, back).orElseThrow();
        return new Changed<>(stored.repeated().apply(seq), Optional.empty());
    }

    /** @return whether there was none with this id in the conversation */
    private boolean insert(Connection connection, Step.Stored<?> stored) throws SQLException {
        Envelope envelope = stored.envelope();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO envelope (conversation, seq, id, expiry_day, sealed) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            bind(insert, 1, envelope.conversation().id().bytes(), envelope.seq(), envelope.id().id().bytes(), day(stored.expiresAt()), codec.seal(envelope, stored.expiresAt()));
            return insert.executeUpdate() == 1;
        }
    }

    /** The end of a conversation brings the end of its envelopes nearer: each is sealed anew under its shorter life. */
    private void shorten(Connection connection, ConversationId id, Instant end) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT conversation, seq, id, sealed FROM envelope WHERE conversation = ?");
            PreparedStatement update = connection.prepareStatement("UPDATE envelope SET expiry_day = ?, sealed = ? WHERE conversation = ? AND seq = ?")) {
            bind(select, 1, (Object) id.id().bytes());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Step.Stored<Void> stored = stored(found);
                    if (stored.expiresAt().isAfter(end)) {
                        bind(update, 1, day(end), codec.seal(stored.envelope(), end), id.id().bytes(), stored.envelope().seq());
                        update.executeUpdate();
                    }
                }
            }
        }
    }

    private static Optional<Long> seqOf(Connection connection, Envelope envelope) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT seq FROM envelope WHERE conversation = ? AND id = ?")) {
            bind(select, 1, envelope.conversation().id().bytes(), envelope.id().id().bytes());
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
            }
        }
    }

    private static void destroyUpTo(Connection connection, Conversation row) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM envelope WHERE conversation = ? AND seq <= ?")) {
            bind(delete, 1, row.id().id().bytes(), row.unneeded());
            delete.executeUpdate();
        }
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
        return store.read(connection -> rows.select(connection, clock.now(), "staff_tag = ?", (Object) rows.staffTag(staff)));
    }

    @Override
    public Future<List<Conversation>> open() {
        return store.read(connection -> rows.select(connection, clock.now(), SqliteConversationRows.OPEN));
    }

    @Override
    public Future<List<Envelope>> envelopes(ConversationId id, long after, int limit) {
        return store.read(connection -> {
            List<Envelope> envelopes = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT conversation, seq, id, sealed FROM envelope WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?")) {
                bind(select, 1, id.id().bytes(), after, limit);
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        Step.Stored<Void> stored = stored(found);
                        if (stored.expiresAt().isAfter(clock.now())) {
                            envelopes.add(stored.envelope());
                        }
                    }
                }
            }
            return envelopes;
        });
    }

    private Step.Stored<Void> stored(ResultSet found) throws SQLException {
        return codec.open(new ConversationId(id(found.getBytes("conversation"))), found.getLong("seq"), new EnvelopeId(id(found.getBytes("id"))), found.getBytes("sealed"));
    }

    @Override
    public List<Purge> purges(Policy policy) {
        return List.of(new SqliteExpiry(store, "envelope", "envelope", policy.envelopeLife(), row -> !stored(row).expiresAt().isAfter(clock.now())),
            new SqliteExpiry(store, "conversation", "conversation", policy.afterEnd(), row -> !rows.row(row).facts().expiresAt().isAfter(clock.now())));
    }

    private Optional<Conversation> one(Connection connection, String condition, byte[] value) throws SQLException {
        return rows.select(connection, clock.now(), condition, (Object) value).stream().findFirst();
    }
}
