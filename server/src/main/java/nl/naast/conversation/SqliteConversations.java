package nl.naast.conversation;

import static nl.naast.conversation.SqliteConversationRows.bind;
import static nl.naast.conversation.SqliteConversationRows.day;
import static nl.naast.conversation.SqliteConversationRows.id;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
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
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** {@link Conversations} in SQLite: one unit of work for each change; the one writer means that nobody is ever faster in between. */
final class SqliteConversations implements Conversations {
    private static final int HEAD = 2 + Long.BYTES;

    private final SqliteStore store;
    private final SqliteConversationRows rows;
    private final Wrap wrap;
    private final Clock clock;

    SqliteConversations(SqliteStore store, SqliteConversationRows rows, Wrap wrap, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.wrap = wrap;
        this.clock = clock;
    }

    @Override
    public <T> Future<Changed<T>> change(ConversationId id, Function<Conversation, Step<T>> rule) {
        return store.write(connection -> {
            Optional<Conversation> row = one(connection, "id = ?", id.id().bytes());
            return row.isEmpty() ? new Changed<>(Outcome.refused(Problem.UNKNOWN), Optional.empty()) : carryOut(connection, row.get(), rule.apply(row.get()));
        });
    }

    private <T> Changed<T> carryOut(Connection connection, Conversation before, Step<T> step) throws SQLException {
        if (step.next().isEmpty()) {
            return new Changed<>(step.outcome(), Optional.empty());
        }
        if (step.envelope().isPresent()) {
            Optional<Long> there = seqOf(connection, step.envelope().get().envelope());
            if (there.isPresent()) {
                return new Changed<>(step.envelope().get().repeated().apply(there.get()), Optional.empty());
            }
        }
        Conversation after = rows.update(connection, step.next().get()).orElseThrow(() -> new IllegalStateException("only the one writer changes a row"));
        if (step.envelope().isPresent()) {
            insert(connection, step.envelope().get());
        }
        if (after.unneeded() > 0) {
            destroyUpTo(connection, after);
        }
        if (after.traceless()) {
            Sql.update(connection, "DELETE FROM conversation WHERE id = ?", (Object) after.id().id().bytes());
        } else if (before.open() && !after.open()) {
            shorten(connection, after.id(), after.facts().expiresAt());
        }
        return new Changed<>(step.outcome(), Optional.of(new Change(Optional.of(before), after, step.envelope().map(Step.Stored<T>::envelope))));
    }

    private void insert(Connection connection, Step.Stored<?> stored) throws SQLException {
        Envelope envelope = stored.envelope();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO envelope (conversation, seq, id, expiry_day, sealed) VALUES (?, ?, ?, ?, ?)")) {
            bind(insert, 1, envelope.conversation().id().bytes(), envelope.seq(), envelope.id().id().bytes(), day(stored.expiresAt()), seal(stored.expiresAt(), envelope));
            insert.executeUpdate();
        }
    }

    private byte[] seal(Instant expiresAt, Envelope envelope) {
        byte[] plain = ByteBuffer.allocate(HEAD + envelope.body().length).put(envelope.from().stored()).put(envelope.kind().stored()).putLong(expiresAt.getEpochSecond()).put(envelope.body()).array();
        return wrap.seal(place(envelope.conversation(), envelope.seq()), plain);
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
                        bind(update, 1, day(end), seal(end, stored.envelope()), id.id().bytes(), stored.envelope().seq());
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
        ConversationId conversation = new ConversationId(id(found.getBytes("conversation")));
        long seq = found.getLong("seq");
        ByteBuffer plain = ByteBuffer.wrap(wrap.open(place(conversation, seq), found.getBytes("sealed")));
        Party from = Party.ofStored(plain.get());
        Kind kind = Kind.ofStored(plain.get());
        Instant expiresAt = Instant.ofEpochSecond(plain.getLong());
        byte[] body = new byte[plain.remaining()];
        plain.get(body);
        return new Step.Stored<>(new Envelope(conversation, seq, new EnvelopeId(id(found.getBytes("id"))), from, kind, body), expiresAt, there -> Outcome.done(null));
    }

    @Override
    public List<Purge> purges(Policy policy) {
        return List.of(new SqliteExpiry(store, "envelope", "envelope", policy.envelopeLife(), row -> !stored(row).expiresAt().isAfter(clock.now())),
            new SqliteExpiry(store, "conversation", "conversation", policy.afterEnd(), row -> !rows.row(row).facts().expiresAt().isAfter(clock.now())));
    }

    private Optional<Conversation> one(Connection connection, String condition, byte[] value) throws SQLException {
        return rows.select(connection, clock.now(), condition, (Object) value).stream().findFirst();
    }

    private static String place(ConversationId conversation, long seq) {
        return "envelope/" + conversation.id().text() + "/" + seq;
    }
}
