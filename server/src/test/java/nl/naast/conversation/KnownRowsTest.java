package nl.naast.conversation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.KnownRows.Known;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SqliteStore;
import nl.naast.support.Contract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A row that is known, and its sealed half")
class KnownRowsTest extends Contract {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    private static Id16 random() {
        return Id16.random(RandomSource.system());
    }

    private static Known row(ConversationId id, long version, State state) {
        Conversation fresh = Conversation.fresh(id, new TokenHash(Base64Url.encode(MlsBytes.random(32))), "nl", MlsBytes.random(65), NOW, NOW.plusSeconds(3600));
        return new Known(new Conversation(id, state, 1, fresh.visitor(), fresh.claim(), fresh.log(), fresh.facts(), version), Lying.NONE);
    }

    // seen failing: with undone() doing nothing, and with what was known before kept by it; with ended rows kept by committed()
    @Test
    @DisplayName("what was written is known at once, after it was undone no more; nobody who ended is known; whoever was quiet longest goes first")
    void known() {
        KnownRows known = new KnownRows(2);
        ConversationId id = new ConversationId(random());
        known.written(row(id, 2, State.TALKING));
        known.committed();
        known.written(row(id, 3, State.TALKING));
        assertEquals(3, known.find(id).orElseThrow().row().version());
        known.undone();
        known.committed();
        assertEquals(Optional.empty(), known.find(id), "nor what was known of it before: what else the group wrote is committed all the same");
        known.written(row(id, 3, State.ENDED));
        known.committed();
        assertEquals(Optional.empty(), known.find(id));
        ConversationId quiet = new ConversationId(random());
        ConversationId loud = new ConversationId(random());
        write(known, quiet);
        write(known, loud);
        known.find(quiet);
        write(known, new ConversationId(random()));
        assertEquals(Optional.empty(), known.find(loud));
        assertEquals(1, known.find(quiet).orElseThrow().row().version());
    }

    private static void write(KnownRows known, ConversationId id) {
        known.written(row(id, 1, State.WAITING));
        known.committed();
    }

    // seen failing: without the version in SqliteConversationRows.update
    @Test
    @DisplayName("what another changed behind its back is found out by the write itself, and nothing of it is lost")
    void behindItsBack() throws Exception {
        SqliteStore store = sqlite(ConversationModule.migration(1), ConversationModule.relayMigration(2), ConversationModule.guestMigration(3));
        SqliteConversationRows rows = new SqliteConversationRows(wrap);
        Conversations one = new SqliteConversations(store, rows, wrap, Clock.system());
        Conversations other = new SqliteConversations(store, rows, wrap, Clock.system());
        ConversationId id = new ConversationId(random());
        Instant now = Instant.now();
        House.await(store.write(connection -> rows.insert(connection, Conversation.fresh(id, new TokenHash(Base64Url.encode(MlsBytes.random(32))), "nl", MlsBytes.random(65), now, now.plus(Duration.ofDays(1))))));
        for (int i = 0; i < 3; i++) {
            House.await(one.change(id, row -> Step.to(seq(row, row.log().seq() + 1), null)));
            House.await(other.change(id, row -> Step.to(seq(row, row.log().seq() + 10), null)));
        }
        assertEquals(33, House.await(one.find(id)).orElseThrow().log().seq());
        assertEquals(Outcome.done(33L), House.await(one.change(id, row -> Step.stay(row.log().seq()))).outcome());
    }

    private static Conversation seq(Conversation row, long seq) {
        return row.withLog(new Conversation.Log("", 0, seq, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("the sealed half is read back as it was written, and as earlier programs wrote it")
    void sealedHalf() {
        Claim claim = new Claim(new ClaimId(random()), new StaffId(random()), 7, 2, MlsBytes.random(900));
        List<Recent> recent = List.of(new Recent(Party.VISITOR, new EnvelopeId(random()), 4), new Recent(Party.EXPERT, new EnvelopeId(random()), 1L << 40));
        Facts facts = new Facts("nl", NOW, NOW.plusSeconds(60), NOW.plusSeconds(3600), Optional.of(Again.NO_JOIN), Optional.of(Conversation.Why.LEFT), 2, MlsBytes.random(65), recent, Optional.of(guest()), true, List.of(new StaffId(random()), new StaffId(random())));
        FactsCodec.Sealed read = FactsCodec.decode(FactsCodec.encode(facts, Optional.of(claim)));
        same(facts, read.facts());
        assertEquals(Optional.of(claim.staff()), read.staff());
        assertEquals(2, read.slot());
        assertArrayEquals(claim.keyPackage(), read.keyPackage());
        Facts bare = new Facts("ar", NOW, NOW, NOW, Optional.empty(), Optional.empty(), 0, new byte[0], List.of(), Optional.empty(), false, List.of());
        called(bare);
        FactsCodec.Sealed none = FactsCodec.decode(FactsCodec.encode(bare, Optional.empty()));
        same(bare, none.facts());
        assertEquals(Optional.empty(), none.staff());
        // As it was before there were guests: the same without its last three bytes.
        byte[] before = FactsCodec.encode(bare, Optional.empty());
        before = java.util.Arrays.copyOf(before, before.length - 3);
        before[0] = 1;
        same(bare, FactsCodec.decode(before).facts());
        JsonObject old = new JsonObject().put("language", "ar").put("since", NOW.getEpochSecond() / 60).put("changed", NOW.getEpochSecond() / 60).put("expires", NOW.getEpochSecond() / 60).put("missed", 0).put("consent", "")
            .put("recent", new io.vertx.core.json.JsonArray());
        same(bare, FactsCodec.decode(old.encode().getBytes(StandardCharsets.UTF_8)).facts());
    }

    private static Guest guest() {
        ClaimId call = new ClaimId(random());
        return new Guest(call, Guest.Purpose.LOOK, true, Optional.of(new Claim(call, new StaffId(random()), 1L << 33, 1, MlsBytes.random(1_200))), 9);
    }

    /** Nobody has answered yet. */
    private static void called(Facts bare) {
        Facts called = bare.withGuest(Optional.of(Guest.called(new ClaimId(random()), Guest.Purpose.TRANSFER, false)), false);
        same(called, FactsCodec.decode(FactsCodec.encode(called, Optional.empty())).facts());
    }

    /** But for what is equal only by its bytes. */
    private static Guest bare(Guest guest) {
        return new Guest(guest.call(), guest.purpose(), guest.warm(), guest.seat().map(seat -> new Claim(seat.id(), seat.staff(), seat.fence(), seat.slot(), null)), guest.fromSeq());
    }

    private static void same(Facts wanted, Facts found) {
        assertEquals(Base64Url.encode(wanted.consentKey()), Base64Url.encode(found.consentKey()));
        assertEquals(new Facts(wanted.language(), wanted.waitingSince(), wanted.changed(), wanted.expiresAt(), wanted.again(), wanted.why(), wanted.missed(), found.consentKey(), wanted.recent(), wanted.guest().map(KnownRowsTest::bare), wanted.declined(), wanted.passed()),
            found.withGuest(found.guest().map(KnownRowsTest::bare), found.declined()));
        assertEquals(wanted.guest().flatMap(Guest::seat).map(seat -> Base64Url.encode(seat.keyPackage())), found.guest().flatMap(Guest::seat).map(seat -> Base64Url.encode(seat.keyPackage())));
    }
}
