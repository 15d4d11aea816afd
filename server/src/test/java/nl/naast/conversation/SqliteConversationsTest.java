package nl.naast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Conversations, in SQLite")
class SqliteConversationsTest extends ConversationsContract {
    private SqliteStore store;
    private SqliteConversationRows rows;
    private final ConversationId id = new ConversationId(id());
    private final EnvelopeId envelope = new EnvelopeId(id());

    @Override
    Conversations open(Wrap wrap, Clock clock) {
        store = sqlite(ConversationModule.migration(1), ConversationModule.relayMigration(2), ConversationModule.guestMigration(3));
        rows = new SqliteConversationRows(wrap);
        return new SqliteConversations(store, rows, wrap, clock);
    }

    // seen failing: with "state <> 'ENDED'" for OPEN, and without the index on arrival
    @Test
    @DisplayName("what each join and each second asks is found by an index, however many ended rows lie there")
    void byIndex() throws Exception {
        Map<String, String> indexes = Map.of("SELECT COUNT(*) FROM conversation WHERE " + SqliteConversationRows.OPEN, "conversation_line (state=?)",
            "SELECT * FROM conversation WHERE " + SqliteConversationRows.OPEN, "conversation_line (state=?)", SqliteConversationRows.NEXT_ARRIVAL, "conversation_arrival");
        for (String asked : indexes.keySet()) {
            List<String> plan = House.await(store.read(connection -> Sql.list(connection, step -> step.getString("detail"), "EXPLAIN QUERY PLAN " + asked)));
            assertTrue(plan.size() == 1 && plan.getFirst().startsWith("SEARCH ") && plan.getFirst().endsWith("INDEX " + indexes.get(asked)), asked + ": " + plan);
        }
    }

    @Override
    void plant(Conversation fresh) throws Exception {
        House.await(store.write(connection -> rows.insert(connection, fresh)));
    }

    private Conversation planted() throws Exception {
        Instant now = clock.now();
        Conversation fresh = Conversation.fresh(id, new TokenHash(Base64Url.encode(MlsBytes.random(32))), "nl", MlsBytes.random(65), now, now.plus(Duration.ofDays(30)));
        plant(fresh);
        return fresh;
    }

    /** As {@link AppendEnvelope} does: what is remembered comes first. */
    private Step<Long> append(Conversation row, EnvelopeId which) {
        Optional<Recent> repeated = row.facts().recent().stream().filter(recent -> recent.id().equals(which)).findFirst();
        if (repeated.isPresent()) {
            return Step.stay(repeated.get().seq());
        }
        long seq = row.log().seq() + 1;
        Conversation next = row.with(row.state(), new Log("", 0, seq, 0, row.log().visitorAck(), 0, 0), AppendEnvelope.remember(row.facts(), new Recent(Party.VISITOR, which, seq)));
        Envelope stored = new Envelope(id, seq, which, Party.VISITOR, Kind.MESSAGE, new byte[] {7});
        return new Step<>(Outcome.done(seq), Optional.of(next), Optional.of(new Step.Stored<>(stored, clock.now().plus(Duration.ofDays(7)), Outcome::done)));
    }

    private Outcome<Long> append(Conversations port, EnvelopeId which) throws Exception {
        return House.await(port.change(id, row -> append(row, which))).outcome();
    }

    /** Knows no row yet, as after a restart. */
    private Conversations anew() {
        return new SqliteConversations(store, rows, wrap, clock);
    }

    // seen failing: without recall in SqliteConversations.read, after the acknowledgement; without remember in SqliteEnvelopeExpiry, after the sweep
    @Test
    @DisplayName("the same envelope again gets the same answer after a restart: while it lies there, after it was acknowledged, after the sweep")
    void repeatedAfterRestart() throws Exception {
        planted();
        assertEquals(Outcome.done(1L), append(anew(), envelope));
        EnvelopeId second = new EnvelopeId(id());
        assertEquals(Outcome.done(2L), append(anew(), second));
        assertEquals(Outcome.done(1L), append(anew(), envelope));
        House.await(anew().change(id, row -> Step.to(row.withLog(new Log("", 0, 2, 0, 1, 0, 0)), null)));
        assertEquals(List.of(2L), House.await(anew().envelopes(id, 0, 10)).stream().map(Envelope::seq).toList());
        assertEquals(Outcome.done(1L), append(anew(), envelope));
        assertEquals(Outcome.done(2L), append(anew(), second));
        EnvelopeId third = new EnvelopeId(id());
        assertEquals(Outcome.done(3L), append(anew(), third));
        clock.move(Duration.ofDays(8));
        Policy policy = new Policy(Duration.ofDays(7), Duration.ofDays(30), Duration.ofHours(24), 16_384, 10);
        assertEquals(2, House.await(anew().purges(policy).getFirst().purge(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC), 500)));
        assertEquals(Outcome.done(3L), append(anew(), third));
        assertEquals(Outcome.done(2L), append(anew(), second));
        assertEquals(Outcome.done(1L), append(anew(), envelope));
    }

    // seen failing: with seqOf left out of SqliteConversations.read, and with may() answering no when there are too many to say
    @Test
    @DisplayName("one that lies there and is remembered no more is found all the same, however many lie there")
    void repeatedAmongMany() throws Exception {
        planted();
        Conversations port = anew();
        List<EnvelopeId> ids = IntStream.range(0, Lying.MOST + 10).mapToObj(i -> new EnvelopeId(id())).toList();
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(Outcome.done(i + 1L), append(port, ids.get(i)));
        }
        for (int i : List.of(0, Lying.MOST - 1, Lying.MOST + 1, ids.size() - 1)) {
            assertEquals(Outcome.done(i + 1L), append(port, ids.get(i)));
        }
        assertEquals(ids.size(), House.await(port.find(id)).orElseThrow().log().seq());
    }

    // seen failing: with visitor_ack and expert_ack exchanged in SqliteConversationRows.RELAY, and without its copying of the envelopes
    @Test
    @DisplayName("what lay there before the numbers had a row of their own is read as it was")
    void migrated() throws Exception {
        Conversation row = Conversation.fresh(id, new TokenHash(Base64Url.encode(MlsBytes.random(32))), "nl", MlsBytes.random(65), clock.now(), clock.now().plus(Duration.ofDays(30)));
        Path before = directory.resolve("before");
        byte[] sealed = wrap.seal("conversation/" + id.id().text(), FactsCodec.encode(row.facts(), Optional.empty()));
        byte[] body = new EnvelopeCodec(wrap).seal(new Envelope(id, 5, envelope, Party.EXPERT, Kind.COMMIT, new byte[] {9}), row.facts().expiresAt());
        try (SqliteStore old = SqliteStore.open(vertx, before, List.of(ConversationModule.migration(1)))) {
            House.await(old.write(connection -> Sql.update(connection, "INSERT INTO conversation (id, state, arrival, epoch, seq, from_seq, visitor_ack, expert_ack, version, expiry_day, visitor_tag, language_tag, group_tag, sealed)"
                + " VALUES (?, 'WAITING', 1, 3, 5, 2, 4, 1, 9, 20000, ?, ?, ?, ?)", id.id().bytes(), row.visitor().bytes(), rows.languageTag("nl"), new byte[0], sealed)
                + Sql.update(connection, "INSERT INTO envelope VALUES (?, 5, ?, 20000, ?)", id.id().bytes(), envelope.id().bytes(), body)));
        }
        try (SqliteStore now = SqliteStore.open(vertx, before, List.of(ConversationModule.migration(1), ConversationModule.relayMigration(2), ConversationModule.guestMigration(3)))) {
            Conversations port = new SqliteConversations(now, rows, wrap, clock);
            Conversation found = House.await(port.find(id)).orElseThrow();
            assertEquals(new Log("", 3, 5, 2, 4, 1, 0), found.log());
            assertEquals(9, found.version());
            assertEquals(List.of(envelope), House.await(port.envelopes(id, 0, 10)).stream().map(Envelope::id).toList());
            House.await(port.change(id, old -> Step.to(old.ended(Conversation.Why.LEFT, clock.now(), clock.now()), null)));
            assertEquals(0L, House.await(now.read(connection -> Sql.one(connection, count -> count.getLong(1), "SELECT (SELECT COUNT(*) FROM relay) + (SELECT COUNT(*) FROM envelope)"))).orElseThrow());
        }
    }
}
