package nl.naast.conversation;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.platform.Wrap;

/**
 * The one row of a conversation in SQLite, for the two capabilities that share it (ADR 0003). What lies in clear is listed in docs/retention.md; everything else is a tag or sealed. Rows that have
 * expired are not seen through here.
 */
public final class SqliteConversationRows {
    /** Has not ended; written so that it finds its rows by the index {@code conversation_line}, however many ended ones lie there. */
    public static final String OPEN = "state IN ('WAITING', 'CLAIMED', 'JOINING', 'TALKING')";
    static final String NEXT_ARRIVAL = "SELECT COALESCE(MAX(arrival), 0) + 1 FROM conversation";
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE conversation (id BLOB PRIMARY KEY, state TEXT NOT NULL, arrival INTEGER NOT NULL, claim_id BLOB UNIQUE, fence INTEGER, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
            + " from_seq INTEGER NOT NULL, visitor_ack INTEGER NOT NULL, expert_ack INTEGER NOT NULL, version INTEGER NOT NULL, expiry_day INTEGER NOT NULL, visitor_tag BLOB NOT NULL UNIQUE,"
            + " language_tag BLOB NOT NULL, staff_tag BLOB, slot_tag BLOB UNIQUE, group_tag BLOB NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX conversation_line ON conversation (state, language_tag, arrival)",
        "CREATE INDEX conversation_arrival ON conversation (arrival)",
        "CREATE INDEX conversation_staff ON conversation (staff_tag)",
        "CREATE INDEX conversation_expiry ON conversation (expiry_day)",
        "CREATE TABLE envelope (conversation BLOB NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, seq INTEGER NOT NULL, id BLOB NOT NULL, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL, UNIQUE (conversation, seq), UNIQUE (conversation, id)) STRICT",
        "CREATE INDEX envelope_expiry ON envelope (expiry_day)");
    /**
     * What an envelope changes in its conversation lies in a row of its own, a tenth as long: of those a page holds many, and what is written at once shares pages. That no two envelopes have one id is settled by the one
     * write too ({@link Lying}): as an index it cost each message most of a page.
     */
    static final List<String> RELAY = List.of(
        "CREATE TABLE relay (conversation BLOB PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE, version INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, visitor_ack INTEGER NOT NULL,"
            + " expert_ack INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        "INSERT INTO relay SELECT id, version, epoch, seq, visitor_ack, expert_ack FROM conversation",
        "ALTER TABLE conversation DROP COLUMN version", "ALTER TABLE conversation DROP COLUMN epoch", "ALTER TABLE conversation DROP COLUMN seq", "ALTER TABLE conversation DROP COLUMN visitor_ack",
        "ALTER TABLE conversation DROP COLUMN expert_ack",
        "ALTER TABLE envelope RENAME TO envelope_before",
        "CREATE TABLE envelope (conversation BLOB NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, seq INTEGER NOT NULL, id BLOB NOT NULL, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL, UNIQUE (conversation, seq)) STRICT",
        "INSERT INTO envelope SELECT conversation, seq, id, expiry_day, sealed FROM envelope_before",
        "DROP TABLE envelope_before",
        "CREATE INDEX envelope_expiry ON envelope (expiry_day)");
    /** A third person: which call stands, so that whoever answers finds it, and who has answered at which place, as with a claim. Most rows have none, so the indexes hold only those that do. */
    static final List<String> GUEST = List.of(
        "ALTER TABLE conversation ADD COLUMN call_id BLOB", "ALTER TABLE conversation ADD COLUMN guest_tag BLOB", "ALTER TABLE conversation ADD COLUMN guest_slot_tag BLOB",
        "ALTER TABLE relay ADD COLUMN guest_ack INTEGER NOT NULL DEFAULT 0",
        "CREATE UNIQUE INDEX conversation_call ON conversation (call_id) WHERE call_id IS NOT NULL",
        "CREATE INDEX conversation_guest ON conversation (guest_tag) WHERE guest_tag IS NOT NULL",
        "CREATE UNIQUE INDEX conversation_guest_slot ON conversation (guest_slot_tag) WHERE guest_slot_tag IS NOT NULL");
    private static final String COLUMNS = "id, state, arrival, claim_id, fence, epoch, seq, from_seq, visitor_ack, expert_ack, guest_ack, version, visitor_tag, group_tag, sealed";

    private final Wrap wrap;

    public SqliteConversationRows(Wrap wrap) {
        this.wrap = wrap;
    }

    /**
     * @param condition what follows {@code WHERE}, with its parameters
     * @return the rows in which it holds and that have not expired at {@code now}
     */
    public List<Conversation> select(Connection connection, Instant now, String condition, Object... parameters) throws SQLException {
        List<Conversation> rows = new ArrayList<>();
        each(connection, row -> {
            if (row.facts().expiresAt().isAfter(now)) {
                rows.add(row);
            }
            return true;
        }, condition, parameters);
        return rows;
    }

    /** @return the first that is wanted of the rows in which the condition holds; none behind it is read */
    public Optional<Conversation> first(Connection connection, Predicate<Conversation> wanted, String condition, Object... parameters) throws SQLException {
        List<Conversation> found = new ArrayList<>();
        each(connection, row -> {
            if (wanted.test(row)) {
                found.add(row);
            }
            return found.isEmpty();
        }, condition, parameters);
        return found.stream().findFirst();
    }

    /** @param on takes one row after the other, as long as it wants more */
    private void each(Connection connection, Predicate<Conversation> on, String condition, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM conversation JOIN relay ON relay.conversation = id WHERE " + condition)) {
            bind(select, 1, parameters);
            try (ResultSet found = select.executeQuery()) {
                while (found.next() && on.test(row(found))) {
                    // What it does with the row is all there is to do.
                }
            }
        }
    }

    /** Inserts at the end of the line, if the row says so. */
    public Conversation insert(Connection connection, Conversation row) throws SQLException {
        Sql.update(connection, "INSERT INTO conversation (id, visitor_tag, language_tag, state, arrival, claim_id, fence, from_seq, expiry_day, staff_tag, slot_tag, group_tag, sealed, call_id, guest_tag, guest_slot_tag)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", Stream.concat(Stream.of(row.id().id().bytes(), row.visitor().bytes(), languageTag(row.facts().language())), changing(row, arrival(connection, row))).toArray());
        Log log = row.log();
        Sql.update(connection, "INSERT INTO relay VALUES (?, 0, ?, ?, ?, ?, ?)", row.id().id().bytes(), log.epoch(), log.seq(), log.visitorAck(), log.expertAck(), log.guestAck());
        return select(connection, Instant.MIN, "id = ?", (Object) row.id().id().bytes()).getFirst();
    }

    /**
     * The conditional write by which every race is settled.
     *
     * @return the row as it stands now, or empty when its version is no longer the given one
     */
    public Optional<Conversation> update(Connection connection, Conversation row) throws SQLException {
        long arrival = arrival(connection, row);
        if (!count(connection, row)) {
            return Optional.empty();
        }
        Sql.update(connection, "UPDATE conversation SET state = ?, arrival = ?, claim_id = ?, fence = ?, from_seq = ?, expiry_day = ?, staff_tag = ?, slot_tag = ?, group_tag = ?, sealed = ?,"
            + " call_id = ?, guest_tag = ?, guest_slot_tag = ? WHERE id = ?",
            Stream.concat(changing(row, arrival), Stream.of((Object) row.id().id().bytes())).toArray());
        return Optional.of(written(row, arrival));
    }

    /**
     * As {@link #update(Connection, Conversation)}, but writes only what changed since {@code before}, the same row: an envelope or an acknowledgement four numbers. The ids of the last envelopes are sealed in when the
     * envelopes go; until then they lie there with them ({@link SqliteEnvelopes#recall}).
     */
    Optional<Conversation> update(Connection connection, Conversation before, Conversation row) throws SQLException {
        if (!onlyLog(before, row)) {
            return update(connection, row);
        }
        if (!count(connection, row)) {
            return Optional.empty();
        }
        if (row.unneeded() > before.unneeded() || !row.facts().sameButRecent(before.facts())) {
            Sql.update(connection, "UPDATE conversation SET sealed = ? WHERE id = ?", sealed(row), row.id().id().bytes());
        }
        return Optional.of(written(row, row.arrival()));
    }

    private static boolean onlyLog(Conversation before, Conversation row) {
        return before.state() == row.state() && before.arrival() == row.arrival() && row.arrival() != Conversation.LAST && before.claim() == row.claim() && before.guest() == row.guest()
            && before.log().groupTag().equals(row.log().groupTag()) && before.log().fromSeq() == row.log().fromSeq() && before.facts().expiresAt().equals(row.facts().expiresAt());
    }

    /** @return whether its version was still the given one */
    private static boolean count(Connection connection, Conversation row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE relay SET version = version + 1, epoch = ?, seq = ?, visitor_ack = ?, expert_ack = ?, guest_ack = ? WHERE conversation = ? AND version = ?")) {
            Log log = row.log();
            update.setLong(1, log.epoch());
            update.setLong(2, log.seq());
            update.setLong(3, log.visitorAck());
            update.setLong(4, log.expertAck());
            update.setLong(5, log.guestAck());
            update.setBytes(6, row.id().id().bytes());
            update.setLong(7, row.version());
            return update.executeUpdate() == 1;
        }
    }

    private static Conversation written(Conversation row, long arrival) {
        return new Conversation(row.id(), row.state(), arrival, row.visitor(), row.claim(), row.log(), row.facts(), row.version() + 1);
    }

    public byte[] languageTag(String language) {
        return wrap.tag("language", language.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] staffTag(StaffId staff) {
        return wrap.tag("staff", staff.id().bytes());
    }

    /** A desk's place: at the most one conversation can have it. */
    public byte[] slotTag(StaffId staff, int slot) {
        return wrap.tag("slot", (staff.id().text() + "/" + slot).getBytes(StandardCharsets.UTF_8));
    }

    /** The number by which it stands in line: the next one when it goes to the end. Only the one writer asks, so nobody else gets the same. */
    private static long arrival(Connection connection, Conversation row) throws SQLException {
        return row.arrival() == Conversation.LAST ? Sql.one(connection, found -> found.getLong(1), NEXT_ARRIVAL).orElseThrow() : row.arrival();
    }

    private Stream<Object> changing(Conversation row, long arrival) {
        Optional<Claim> claim = row.claim();
        Log log = row.log();
        Optional<Claim> seated = row.guest().flatMap(Guest::seat);
        return Stream.of(row.state().name(), arrival, claim.map(c -> c.id().id().bytes()).orElse(null), claim.map(Claim::fence).orElse(null), log.fromSeq(), day(row.facts().expiresAt()),
            claim.map(c -> staffTag(c.staff())).orElse(null), claim.filter(c -> row.open()).map(c -> slotTag(c.staff(), c.slot())).orElse(null), Base64Url.decode(log.groupTag()).orElseThrow(), sealed(row),
            row.guest().map(guest -> guest.call().id().bytes()).orElse(null), seated.map(c -> staffTag(c.staff())).orElse(null), seated.filter(c -> row.open()).map(c -> slotTag(c.staff(), c.slot())).orElse(null));
    }

    private byte[] sealed(Conversation row) {
        return wrap.seal(place(row.id()), FactsCodec.encode(row.facts(), row.claim()));
    }

    /** Of a row of the table alone. */
    Instant expiresAt(ResultSet found) throws SQLException {
        return FactsCodec.decode(wrap.open(place(new ConversationId(id(found.getBytes("id")))), found.getBytes("sealed"))).facts().expiresAt();
    }

    private Conversation row(ResultSet found) throws SQLException {
        ConversationId id = new ConversationId(id(found.getBytes("id")));
        FactsCodec.Sealed sealed = FactsCodec.decode(wrap.open(place(id), found.getBytes("sealed")));
        long fence = found.getLong("fence");
        byte[] claimId = found.getBytes("claim_id");
        Optional<Claim> claim = sealed.staff().map(staff -> new Claim(new ClaimId(id(claimId)), staff, fence, sealed.slot(), sealed.keyPackage()));
        Log log = new Log(Base64Url.encode(found.getBytes("group_tag")), found.getLong("epoch"), found.getLong("seq"), found.getLong("from_seq"), found.getLong("visitor_ack"), found.getLong("expert_ack"),
            found.getLong("guest_ack"));
        return new Conversation(id, State.valueOf(found.getString("state")), found.getLong("arrival"), new TokenHash(Base64Url.encode(found.getBytes("visitor_tag"))), claim, log, sealed.facts(),
            found.getLong("version"));
    }

    static long day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toEpochDay();
    }

    static Id16 id(byte[] bytes) {
        return new Id16(Base64Url.encode(bytes));
    }

    private static String place(ConversationId id) {
        return "conversation/" + id.id().text();
    }

    static void bind(PreparedStatement statement, int from, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(from + i, parameters[i]);
        }
    }
}
