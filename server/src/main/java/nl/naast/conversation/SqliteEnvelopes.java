package nl.naast.conversation;

import static nl.naast.conversation.SqliteConversationRows.day;
import static nl.naast.conversation.SqliteConversationRows.id;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.platform.Sql;
import nl.naast.platform.Wrap;

/** The envelopes in SQLite, one after the other as they come, whoever's they are: what is written at once lies side by side. */
final class SqliteEnvelopes {
    private final EnvelopeCodec codec;

    SqliteEnvelopes(Wrap wrap) {
        this.codec = new EnvelopeCodec(wrap);
    }

    void insert(Connection connection, Step.Stored<?> stored) throws SQLException {
        Envelope envelope = stored.envelope();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO envelope (conversation, seq, id, expiry_day, sealed) VALUES (?, ?, ?, ?, ?)")) {
            insert.setBytes(1, envelope.conversation().id().bytes());
            insert.setLong(2, envelope.seq());
            insert.setBytes(3, envelope.id().id().bytes());
            insert.setLong(4, day(stored.expiresAt()));
            insert.setBytes(5, codec.seal(envelope, stored.expiresAt()));
            insert.executeUpdate();
        }
    }

    Optional<Long> seqOf(Connection connection, Envelope envelope) throws SQLException {
        return Sql.one(connection, found -> found.getLong(1), "SELECT seq FROM envelope WHERE conversation = ? AND id = ?", envelope.conversation().id().bytes(), envelope.id().id().bytes());
    }

    Lying lying(Connection connection, ConversationId conversation) throws SQLException {
        Lying lying = Lying.NONE;
        try (PreparedStatement select = connection.prepareStatement("SELECT seq, id FROM envelope WHERE conversation = ? ORDER BY seq LIMIT ?")) {
            select.setBytes(1, conversation.id().bytes());
            select.setInt(2, Lying.MOST + 1);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    lying = lying.and(found.getLong(1), new EnvelopeId(id(found.getBytes(2))));
                }
            }
        }
        return lying;
    }

    /** @return the row with the last envelopes of each side that lie there among those it remembers: they are sealed into it only when they go */
    Conversation recall(Connection connection, Conversation row) throws SQLException {
        int[] found = new int[Party.values().length];
        Deque<Recent> lying = new ArrayDeque<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT conversation, seq, id, sealed FROM envelope WHERE conversation = ? ORDER BY seq DESC")) {
            select.setBytes(1, row.id().id().bytes());
            try (ResultSet each = select.executeQuery()) {
                while (missing(found, row) && each.next()) {
                    Envelope envelope = stored(each).envelope();
                    if (found[envelope.from().ordinal()]++ < AppendEnvelope.REMEMBERED) {
                        lying.addFirst(new Recent(envelope.from(), envelope.id(), envelope.seq()));
                    }
                }
            }
        }
        Facts facts = row.facts().withRecent(row.facts().recent().stream().filter(recent -> !lying.contains(recent)).toList());
        for (Recent recent : lying) {
            facts = AppendEnvelope.remember(facts, recent);
        }
        return row.with(row.state(), row.log(), facts);
    }

    /** A guest whom there is not repeats nothing: for her sake nobody reads on. */
    private static boolean missing(int[] found, Conversation row) {
        return Arrays.stream(Party.values()).anyMatch(party -> found[party.ordinal()] < AppendEnvelope.REMEMBERED && (party != Party.GUEST || row.guestJoined()));
    }

    void destroyUpTo(Connection connection, ConversationId conversation, long seq) throws SQLException {
        Sql.update(connection, "DELETE FROM envelope WHERE conversation = ? AND seq <= ?", conversation.id().bytes(), seq);
    }

    /** The end of a conversation brings the end of its envelopes nearer: each is sealed anew under its shorter life. */
    void shorten(Connection connection, ConversationId conversation, Instant end) throws SQLException {
        List<Step.Stored<Void>> all = Sql.list(connection, this::stored, "SELECT conversation, seq, id, sealed FROM envelope WHERE conversation = ?", (Object) conversation.id().bytes());
        for (Step.Stored<Void> stored : all) {
            if (stored.expiresAt().isAfter(end)) {
                Sql.update(connection, "UPDATE envelope SET expiry_day = ?, sealed = ? WHERE conversation = ? AND seq = ?", day(end), codec.seal(stored.envelope(), end), conversation.id().bytes(), stored.envelope().seq());
            }
        }
    }

    List<Step.Stored<Void>> after(Connection connection, ConversationId conversation, long seq, int limit) throws SQLException {
        return Sql.list(connection, this::stored, "SELECT conversation, seq, id, sealed FROM envelope WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?", conversation.id().bytes(), seq, limit);
    }

    Step.Stored<Void> stored(ResultSet found) throws SQLException {
        return codec.open(new ConversationId(id(found.getBytes("conversation"))), found.getLong("seq"), new EnvelopeId(id(found.getBytes("id"))), found.getBytes("sealed"));
    }
}
