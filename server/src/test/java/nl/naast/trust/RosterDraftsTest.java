package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.Roster;
import nl.naast.canon.Statement;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.Root;
import nl.naast.support.RosterSigner;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outside a trial: two signers make the next roster, and what is no next roster is refused. */
@DisplayName("Signing: rosters")
class RosterDraftsTest {
    private static final long WEEK = Roster.LONGEST_SECONDS;

    @TempDir
    Path directory;
    SigningWorld here;
    Statement mine;

    @BeforeEach
    void start() throws IOException {
        here = new SigningWorld(directory);
        mine = here.signed(here.expert);
    }

    @AfterEach
    void stop() {
        here.close();
    }

    private Roster next() {
        return here.anna.next(here.now());
    }

    private static Roster with(Roster roster, List<Certificate> signers, List<Hash> statements) {
        return new Roster(roster.version(), roster.issuedAt(), roster.validUntil(), signers.stream().sorted(java.util.Comparator.comparing(Certificate::hash)).toList(), statements.stream().sorted().toList());
    }

    private String state(Answer answer) {
        return answer.status() == 200 ? answer.body().getString("state") : answer.refusal();
    }

    @Test
    @DisplayName("one signature is a draft, shown to the others; the second makes it the newest; the same again hears the same")
    void signed() {
        Roster roster = next();
        assertEquals("draft", state(here.anna.sign(roster)));
        assertArrayEquals(roster.encode(), RosterSigner.bytes(here.bea.signing().getJsonObject("draft"), "unsigned"));
        assertTrue(here.proof().isEmpty());
        assertEquals("signed", state(here.bea.sign(roster)));
        assertEquals("signed", state(here.bea.sign(roster)));
        JsonObject shown = here.anna.signing();
        assertEquals(List.of(1L, (here.now() + WEEK) * 1000), List.of(shown.getLong("version"), shown.getLong("rosterUntil")));
        assertEquals(null, shown.getJsonObject("draft"));
        assertTrue(here.proof().isPresent());
    }

    // seen failing: with SignRoster.problem not asking for the version
    @Test
    @DisplayName("a rolled-back roster version is refused, and so is one that leaves one out")
    void rolledBack() {
        here.listed();
        here.listed();
        here.world.clock.move(Duration.ofSeconds(1));
        Roster roster = next();
        for (long version : List.of(1L, 2L, 4L)) {
            assertEquals("409 not-now", state(here.anna.sign(SigningWorld.with(roster, version, here.now(), here.now() + WEEK))));
        }
        assertEquals(2, here.version());
    }

    @Test
    @DisplayName("a roster that is not about now is refused")
    void dates() {
        Roster roster = next();
        assertEquals("400 malformed", state(here.anna.sign(SigningWorld.with(roster, 1, here.now() + 7_300, here.now() + WEEK))));
        assertEquals("400 malformed", state(here.anna.sign(SigningWorld.with(roster, 1, here.now() - 7_300, here.now() + SigningWorld.DAY))));
    }

    // seen failing: with SignRoster.stand not asking whether it was withdrawn
    @Test
    @DisplayName("a draft with a withdrawn statement, or one that was withdrawn before the second signature, is refused")
    void withdrawn() {
        here.listed();
        Roster roster = next();
        assertEquals("draft", state(here.anna.sign(roster)));
        RosterSigner.done(List.of(here.anna.browser.post("/api/people/suspend", new JsonObject().put("id", here.expert.me().getString("id")))));
        assertEquals(null, here.bea.signing().getJsonObject("draft"), "the draft went with it");
        assertEquals("403 not-allowed", state(here.bea.sign(roster)));
        assertEquals("403 not-allowed", state(here.anna.sign(roster)));
        assertEquals(1, here.version());
        here.listed();
        assertEquals(0, RosterSigner.objects(here.anna.signing(), "withdrawn").count(), "left out: revoked");
    }

    // seen failing: with SignRoster.stand answering true
    @Test
    @DisplayName("a draft with an unsigned statement, with one that its own signers did not sign, or with two of one person is refused")
    void unsigned() {
        Roster roster = next();
        Statement proposed = here.bea.browser.statement(here.now(), here.now() + SigningWorld.DAY);
        here.present(here.bea.browser, proposed);
        assertEquals("403 not-allowed", state(here.anna.sign(with(roster, roster.signers(), List.of(mine.hash(), proposed.hash())))));
        assertEquals("403 not-allowed", state(here.anna.sign(with(roster, List.of(here.anna.certificate, here.zoe.certificate), List.of(mine.hash())))));
        here.listed();
        Statement newer = here.signed(here.expert);
        assertEquals("403 not-allowed", state(here.anna.sign(with(next(), roster.signers(), List.of(mine.hash(), newer.hash())))));
        assertEquals("draft", state(here.anna.sign(with(next(), roster.signers(), List.of(newer.hash())))));
    }

    // seen failing: with SignRoster.problem not asking for known certificates
    @Test
    @DisplayName("a draft with a foreign certificate, or signed by somebody whose certificate is not in it, is refused")
    void foreign() {
        Roster roster = next();
        Certificate foreign = RosterSigner.certified(here.anna.browser, new Root(), "Anna", here.now() + SigningWorld.DAY).certificate;
        Certificate unknown = RosterSigner.certified(here.anna.browser, here.root, "Dora", here.now() + SigningWorld.DAY).certificate;
        for (Certificate wrong : List.of(foreign, unknown)) {
            assertEquals("403 not-allowed", state(here.anna.sign(with(roster, Stream.concat(roster.signers().stream(), Stream.of(wrong)).toList(), roster.statements()))));
        }
        assertEquals("403 not-allowed", state(here.zoe.sign(with(roster, List.of(here.anna.certificate, here.bea.certificate), roster.statements()))));
    }

    @Test
    @DisplayName("the same signer twice makes no roster, and neither does a signature by another person's signer")
    void twice() {
        Roster roster = next();
        assertEquals("draft", state(here.anna.sign(roster)));
        assertEquals("409 not-now", state(here.anna.sign(roster)));
        assertEquals("403 not-allowed", state(new RosterSigner(here.zoe.browser, here.bea.key, here.bea.certificate).sign(roster)));
        assertEquals(0, here.version());
    }

    @Test
    @DisplayName("two drafts at once: neither becomes the roster, and a signature of one never counts for the other")
    void twoDrafts() {
        Roster one = next();
        Roster other = with(one, one.signers(), List.of());
        for (int round = 0; round < 5; round++) {
            List.of(here.anna, here.bea).parallelStream().forEach(signer -> assertTrue(List.of("draft", "409 not-now").contains(state(signer.sign(signer == here.anna ? one : other)))));
            assertEquals(0, here.version());
            assertEquals(1, here.anna.signing().getJsonObject("draft").getJsonArray("signatures").size());
        }
    }

    // seen failing: without SignRoster.decide knowing the newest roster again
    @Test
    @DisplayName("the second signature raced: of two rosters of one version one is made, and the other is refused")
    void raced() {
        for (int round = 1; round <= 5; round++) {
            Roster roster = next();
            assertEquals("draft", state(here.anna.sign(roster)));
            List<String> answers = List.of(here.bea, here.zoe).parallelStream().map(signer -> state(signer.sign(roster))).toList();
            assertEquals(List.of("signed", "signed"), answers, "the same bytes");
            assertEquals(round, here.version());
        }
        Roster roster = next();
        Roster other = with(roster, roster.signers(), List.of());
        assertEquals("draft", state(here.anna.sign(roster)));
        List<String> answers = List.of(here.bea, here.zoe).parallelStream().map(signer -> state(signer.sign(signer == here.bea ? roster : other))).sorted().toList();
        assertTrue(List.of(List.of("409 not-now", "signed"), List.of("draft", "draft")).contains(answers), answers.toString());
    }

    @Test
    @DisplayName("a roster that leaves a statement out revokes it: it is served no more, and its desk stops before that")
    void leftOut() {
        here.listed();
        Roster roster = next();
        Roster without = with(roster, roster.signers(), List.of());
        RosterSigner.done(List.of(here.anna.sign(without), here.bea.sign(without)));
        assertTrue(here.proof().isEmpty());
        assertEquals(List.of(here.noor.id().text() + " revoked"), here.world.displaced);
    }

    @Test
    @DisplayName("nobody renews it: it is over after seven days, nothing is served, and the next one goes on counting")
    void over() {
        here.listed();
        here.world.clock.move(Duration.ofDays(7));
        Stream.of(here.anna.browser, here.bea.browser, here.expert).forEach(Browser::signIn);
        StaffWorld.await(here.world.trust.renew());
        assertTrue(here.proof().isEmpty());
        assertEquals(null, here.anna.signing().getLong("rosterUntil"));
        assertEquals("proposed", here.state(here.expert, mine));
        assertEquals(2, here.listed().version());
        assertEquals("signed", here.state(here.expert, mine));
    }
}
