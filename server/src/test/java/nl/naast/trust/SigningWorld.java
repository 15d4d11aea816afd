package nl.naast.trust;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.canon.ProofCheck;
import nl.naast.canon.ProofCheck.Verdict;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.Root;
import nl.naast.support.RosterSigner;
import nl.naast.support.StaffWorld;

/** A helpline outside a trial: a root that lies offline, three coordinators with certificates, one expert. */
final class SigningWorld implements AutoCloseable {
    static final long DAY = Duration.ofDays(1).toSeconds();

    final StaffWorld world;
    final Root root = new Root();
    final RosterSigner anna;
    final RosterSigner bea;
    final RosterSigner zoe;
    final Browser expert;
    final StaffId noor;

    SigningWorld(Path directory) throws IOException {
        world = new StaffWorld(directory, Optional.of(root.point()));
        Browser first = world.first();
        anna = RosterSigner.certified(first, root, "Anna", now() + 400 * DAY);
        bea = RosterSigner.certified(first.invited("Bea", "coordinator"), root, "Bea", now() + 400 * DAY);
        zoe = RosterSigner.certified(first.invited("Zoë", "coordinator"), root, "Zoë", now() + 400 * DAY);
        expert = first.invited("Noor", "expert");
        noor = id(expert);
        RosterSigner.done(List.of(anna.bring(), bea.bring(), zoe.bring()));
    }

    long now() {
        return world.clock.now().getEpochSecond();
    }

    static StaffId id(Browser browser) {
        return new StaffId(new Id16(browser.me().getString("id")));
    }

    Statement statement() {
        return expert.statement(now(), now() + 30 * DAY);
    }

    Answer present(Browser browser, Statement statement) {
        return browser.post("/api/statement", new JsonObject().put("unsigned", Base64Url.encode(statement.encode())));
    }

    /** Where it stands. */
    String state(Browser browser, Statement statement) {
        Answer answer = present(browser, statement);
        return answer.status() == 200 ? answer.body().getString("state") : answer.refusal();
    }

    /** Proposed, and signed by two. */
    Statement signed(Browser browser) {
        Statement statement = browser.statement(now(), now() + 30 * DAY);
        RosterSigner.done(List.of(present(browser, statement), anna.sign(statement), bea.sign(statement)));
        return statement;
    }

    /** What stands, in a new roster by two. */
    Roster listed() {
        Roster roster = anna.next(now());
        RosterSigner.done(List.of(anna.sign(roster), bea.sign(roster)));
        return roster;
    }

    /** The expert's statement, as visitors are given it. */
    Statement served() {
        Statement statement = signed(expert);
        listed();
        return statement;
    }

    Optional<Proof> proof() {
        return StaffWorld.await(world.trust.proofOf(noor));
    }

    Verdict verdict(Proof proof) {
        return new ProofCheck(root.point(), now()).check(proof.statement(), proof.roster(), proof.revocations());
    }

    long version() {
        return anna.signing().getLong("version");
    }

    static Roster with(Roster roster, long version, long from, long until) {
        return new Roster(version, from, until, roster.signers(), roster.statements());
    }

    static Statement of(byte[] signed) {
        return Statement.parse(Signed.parse(signed).unsigned());
    }

    @Override
    public void close() {
        world.close();
    }
}
