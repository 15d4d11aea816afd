package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.canon.Hash;
import nl.naast.canon.P256;
import nl.naast.canon.ProofCheck;
import nl.naast.canon.ProofCheck.Verdict;
import nl.naast.canon.Revocation;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /api/statement} and what becomes of it, judged as a visitor's client would. */
class TrustRoutesTest {
    private static final long WEEK = Duration.ofDays(7).toSeconds();
    @TempDir
    Path directory;
    StaffWorld world;
    Browser expert;
    StaffId who;

    @BeforeEach
    void start() throws IOException {
        world = new StaffWorld(directory);
        expert = world.first();
        who = new StaffId(new Id16(expert.me().getString("id")));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** What her desk would register: new keys each time. */
    private Statement statement(Browser browser, long from, long life) {
        return browser.statement(now() + from, now() + from + life);
    }

    private long now() {
        return world.clock.now().getEpochSecond();
    }

    private static Answer register(Browser browser, byte[] unsigned) {
        return browser.post("/api/statement", new JsonObject().put("unsigned", Base64Url.encode(unsigned)));
    }

    private Answer register(Statement statement) {
        return register(expert, statement.encode());
    }

    private Optional<Proof> proof() {
        return StaffWorld.await(world.trust.proofOf(who));
    }

    private Verdict verdict(Proof proof) throws IOException {
        return new ProofCheck(world.root(), now()).check(proof.statement(), proof.roster(), proof.revocations());
    }

    private static Roster roster(Proof proof) {
        return Roster.parse(Signed.parse(proof.roster()).unsigned());
    }

    @Test
    @DisplayName("my desk's new keys are signed, and a visitor's client believes them from the compiled-in root")
    void believed() throws IOException {
        Statement mine = statement(expert, 0, WEEK);
        Answer answer = register(mine);
        assertEquals(200, answer.status(), answer.text());
        Proof proof = proof().orElseThrow();
        assertEquals(Base64Url.encode(proof.statement()), answer.body().getString("statement"));
        assertEquals(Base64Url.encode(proof.roster()), answer.body().getString("roster"));
        assertArrayEquals(mine.encode(), Signed.parse(proof.statement()).unsigned());
        assertEquals(Verdict.BELIEVED, verdict(proof));
    }

    @Test
    @DisplayName("nobody without a statement has a proof")
    void none() {
        assertTrue(proof().isEmpty());
    }

    @Test
    @DisplayName("a newer statement takes the older's place, in a newer roster; the older is believed no more")
    void replaced() throws IOException {
        register(statement(expert, 0, WEEK));
        Proof older = proof().orElseThrow();
        register(statement(expert, 0, WEEK));
        Proof newer = proof().orElseThrow();
        assertEquals(roster(older).version() + 1, roster(newer).version());
        assertEquals(1, roster(newer).statements().size());
        assertEquals(Verdict.BELIEVED, verdict(newer));
        assertEquals(Verdict.REFUSED_STATEMENT, verdict(new Proof(older.statement(), newer.roster(), List.of())));
    }

    @Test
    @DisplayName("whoever talks under the older statement is told to stop before the roster drops it: not for the same again, nor while nothing can be signed")
    void overtaken() throws IOException {
        // seen failing: with makeWay after the step, and without looking at the hash
        Statement older = statement(expert, 0, WEEK);
        register(older);
        register(older);
        assertEquals(List.of(), world.overtaken);
        world.signerOff();
        assertEquals("503 busy", register(statement(expert, 0, WEEK)).refusal());
        assertEquals(List.of(), world.overtaken);
        world.signerOn();
        register(statement(expert, 0, WEEK));
        assertEquals(List.of(who.id().text() + " 1"), world.overtaken);
    }

    @Test
    @DisplayName("the same statement again is answered again")
    void repeated() throws IOException {
        Statement mine = statement(expert, 0, WEEK);
        register(mine);
        assertEquals(200, register(mine).status());
        assertEquals(Verdict.BELIEVED, verdict(proof().orElseThrow()));
    }

    @Test
    @DisplayName("a statement about somebody else, or that says something else of me, is refused and changes nothing")
    void notMine() {
        // seen failing: each condition of RegisterStatement.isHers left out in turn
        Statement mine = statement(expert, 0, WEEK);
        Browser other = world.invited(expert, "Bo", "expert");
        List<Statement> lies = new ArrayList<>();
        lies.add(statement(other, 0, WEEK));
        lies.add(with(mine, Statement.Role.COORDINATOR, mine.organisation(), mine.alias(), mine.languages()));
        lies.add(with(mine, mine.role(), "Politie", mine.alias(), mine.languages()));
        lies.add(with(mine, mine.role(), mine.organisation(), "Bo", mine.languages()));
        lies.add(with(mine, mine.role(), mine.organisation(), mine.alias(), List.of("fr", "nl")));
        lies.forEach(lie -> assertEquals("403 not-allowed", register(lie).refusal(), lie.toString()));
        assertTrue(proof().isEmpty());
    }

    private static Statement with(Statement s, Statement.Role role, String organisation, String alias, List<String> languages) {
        return new Statement(s.id(), role, organisation, alias, languages, s.signatureKey(), s.hpkeKey(), s.kem(), s.notBefore(), s.notAfter());
    }

    @Test
    @DisplayName("what is not canonical, or not about now, is malformed")
    void malformed() {
        // seen failing: with RegisterStatement.isAboutNow answering true the signer refused, and 503 came
        byte[] mine = statement(expert, 0, WEEK).encode();
        assertEquals("400 malformed", register(expert, java.util.Arrays.copyOf(mine, mine.length + 1)).refusal());
        assertEquals("400 malformed", register(expert, new byte[0]).refusal());
        assertEquals("400 malformed", expert.post("/api/statement", new JsonObject().put("unsigned", 7)).refusal());
        assertEquals("400 malformed", expert.post("/api/statement", new JsonObject().put("unsigned", Base64Url.encode(mine) + "=")).refusal());
        assertEquals("400 malformed", register(statement(expert, 7_300, WEEK)).refusal());
        assertEquals("400 malformed", register(statement(expert, -7_300, WEEK)).refusal());
    }

    @Test
    @DisplayName("without the signing process: busy, nothing is stored, and the same again works when it is back")
    void signerAway() throws IOException {
        Statement mine = statement(expert, 0, WEEK);
        world.signerOff();
        assertEquals("503 busy", register(mine).refusal());
        assertTrue(proof().isEmpty());
        world.signerOn();
        assertEquals(200, register(mine).status());
    }

    @Test
    @DisplayName("two desks at once: both statements stand in the newest roster")
    void atOnce() throws IOException {
        // seen failing: with Rosters.kept not asking for the number
        Browser other = world.invited(expert, "Bo", "expert");
        List<Browser> browsers = List.of(expert, other);
        List<Statement> both = List.of();
        for (int round = 0; round < 5; round++) {
            List<Statement> now = List.of(statement(expert, 0, WEEK), statement(other, 0, WEEK));
            both = now;
            List.of(0, 1).parallelStream().forEach(i -> assertEquals(200, register(browsers.get(i), now.get(i).encode()).status()));
        }
        assertEquals(both.stream().map(Statement::hash).sorted().toList(), roster(proof().orElseThrow()).statements());
        assertEquals(10, roster(proof().orElseThrow()).version());
    }

    @Test
    @DisplayName("the roster is renewed daily; left alone it runs out after seven days, and then nothing is served")
    void renewed() throws IOException {
        // seen failing: with RenewRoster.isDue answering false, and with Ledger.at leaving the roster
        register(statement(expert, 0, Duration.ofDays(30).toSeconds()));
        StaffWorld.await(world.trust.renew());
        assertEquals(1, roster(proof().orElseThrow()).version());
        world.clock.move(Duration.ofDays(1));
        StaffWorld.await(world.trust.renew());
        assertEquals(2, roster(proof().orElseThrow()).version());
        assertEquals(Verdict.BELIEVED, verdict(proof().orElseThrow()));
        world.clock.move(Duration.ofDays(7));
        assertTrue(proof().isEmpty());
        StaffWorld.await(world.trust.renew());
        assertEquals(3, roster(proof().orElseThrow()).version());
    }

    @Test
    @DisplayName("an expired statement is served no more, and the next roster leaves it out")
    void expired() {
        register(statement(expert, 0, Duration.ofDays(2).toSeconds()));
        world.clock.move(Duration.ofDays(2));
        assertTrue(proof().isEmpty());
        StaffWorld.await(world.trust.renew());
        assertEquals(List.<Hash>of(), StaffWorld.await(new SqliteLedgers(world.store, world.wrap, world.clock).read()).roster().map(r -> Roster.parse(Signed.parse(r.bytes()).unsigned()).statements()).orElseThrow());
    }

    @Test
    @DisplayName("whoever is suspended is revoked: her proof is gone, and what a visitor holds of her is refused with the record")
    void suspended() throws IOException {
        // seen failing: with TrustModule.stopped doing nothing, and with Rosters leaving out the revocations
        Browser other = world.invited(expert, "Bo", "expert");
        register(other, statement(other, 0, WEEK).encode());
        register(statement(expert, 0, WEEK));
        StaffId bo = new StaffId(new Id16(other.me().getString("id")));
        Proof hers = StaffWorld.await(world.trust.proofOf(bo)).orElseThrow();
        expert.post("/api/people/suspend", new JsonObject().put("id", bo.id().text()));
        assertTrue(StaffWorld.await(world.trust.proofOf(bo)).isEmpty());
        StaffWorld.await(world.trust.renew());
        Proof mine = proof().orElseThrow();
        assertEquals(1, mine.revocations().size());
        assertArrayEquals(mine.revocations().getFirst(), StaffWorld.await(world.trust.papers()).revocations().getFirst());
        assertEquals(Verdict.BELIEVED, verdict(mine));
        assertEquals(Verdict.REFUSED_STATEMENT, verdict(new Proof(hers.statement(), hers.roster(), mine.revocations())));
        assertEquals(Verdict.REFUSED_STATEMENT, verdict(new Proof(hers.statement(), mine.roster(), List.of())));
    }

    @Test
    @DisplayName("suspended while the signing process is away: served no more at once, revoked as soon as it is back")
    void suspendedMeanwhile() throws IOException {
        Browser other = world.invited(expert, "Bo", "expert");
        register(other, statement(other, 0, WEEK).encode());
        register(statement(expert, 0, WEEK));
        world.signerOff();
        StaffId bo = new StaffId(new Id16(other.me().getString("id")));
        expert.post("/api/people/suspend", new JsonObject().put("id", bo.id().text()));
        assertTrue(StaffWorld.await(world.trust.proofOf(bo)).isEmpty());
        assertTrue(proof().orElseThrow().revocations().isEmpty());
        world.signerOn();
        StaffWorld.await(world.trust.renew());
        assertEquals(1, proof().orElseThrow().revocations().size());
        assertEquals(1, roster(proof().orElseThrow()).statements().size());
    }

    @Test
    @DisplayName("a suspension that was cut short before her statement was withdrawn is finished by the next renewal")
    void cutShort() throws IOException {
        // seen failing: without RenewRoster.withdrawStrangers
        Browser other = world.invited(expert, "Bo", "expert");
        register(other, statement(other, 0, WEEK).encode());
        register(statement(expert, 0, WEEK));
        StaffId bo = new StaffId(new Id16(other.me().getString("id")));
        StaffWorld.await(world.store.write(connection -> Sql.update(connection, "UPDATE staff_person SET state = 'suspended' WHERE id = ?", bo.id().bytes())));
        StaffWorld.await(world.trust.renew());
        assertTrue(StaffWorld.await(world.trust.proofOf(bo)).isEmpty());
        assertEquals(1, proof().orElseThrow().revocations().size());
    }

    @Test
    @DisplayName("a revocation names the statement's id (formats.md §4)")
    void revokedById() {
        // seen failing: with the person's id in its place
        Browser other = world.invited(expert, "Bo", "expert");
        Statement hers = statement(other, 0, WEEK);
        register(other, hers.encode());
        register(statement(expert, 0, WEEK));
        expert.post("/api/people/suspend", new JsonObject().put("id", other.me().getString("id")));
        StaffWorld.await(world.trust.renew());
        Revocation revocation = Revocation.parse(proof().orElseThrow().revocations().getFirst());
        assertArrayEquals(hers.id(), revocation.what().id());
    }

    @Test
    @DisplayName("the server talks to a loopback signer only")
    void loopback() {
        // seen failing: with TrialSignerClient.address not looking at the host
        for (String url : List.of("http://10.0.0.1:80/x", "https://127.0.0.1:1/x", "http://127.0.0.1.example.org/x", "/x", "http://localhost@10.0.0.1/x")) {
            try {
                TrialSignerClient.address(url);
                assertFalse(true, url);
            } catch (SignerAway refused) {
                // As it should.
            }
        }
        assertEquals("http://127.0.0.1:1/x", TrialSignerClient.address("http://127.0.0.1:1/x"));
    }
}
