package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.naast.access.Caller;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffSessionHandler;
import nl.naast.access.StaffSessions;
import nl.naast.access.StaffStopped;
import nl.naast.access.StaffStopped.Why;
import nl.naast.access.TokenHash;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SecretBytes;
import nl.naast.platform.Wrap;
import nl.naast.staff.Challenge.Purpose;

/** Sessions: begun by a passkey, locked, ended; and who is behind a token. */
final class SignIn implements StaffSessions {
    /** A fresh session: the token goes into the cookie, once; the caller closes it. */
    record Begun(Person person, SecretBytes token) {
    }

    /** Whoever is behind a cookie, locked or not. */
    record Found(Session session, Person person) {
    }

    private final People people;
    private final Sessions sessions;
    private final Ask ask;
    private final Passkeys passkeys;
    private final StaffStopped stopped;
    private final StaffRules rules;
    private final Wrap wrap;
    private final Clock clock;
    private final RandomSource random;

    SignIn(StaffStores stores, Ask ask, Passkeys passkeys, StaffStopped stopped, StaffRules rules, Wrap wrap, Clock clock, RandomSource random) {
        this.people = stores.people();
        this.sessions = stores.sessions();
        this.ask = ask;
        this.passkeys = passkeys;
        this.stopped = stopped;
        this.rules = rules;
        this.wrap = wrap;
        this.clock = clock;
        this.random = random;
    }

    Future<JsonObject> options() {
        StaffId nobody = new StaffId(Id16.random(random));
        return passkeys.requestOptions().map(options -> ask.ask(Purpose.SIGN_IN, nobody, options));
    }

    /** Refused: not-signed-in, whatever does not verify. The session that the browser had before, if any, is ended. */
    Future<Outcome<Begun>> signIn(Ask.Answer answer, Optional<SecretBytes> before) {
        return Future.succeededFuture(answer).map(given -> ask.asked(Purpose.SIGN_IN, given))
            .compose(challenge -> passkeys.signedIn(answer.challenge(), answer.credential()).compose(who -> ask.use(challenge).map(who)))
            .compose(people::find)
            .compose(person -> person.filter(Person::active).isEmpty() ? Future.<Outcome<Begun>>failedFuture(new Passkeys.Refused()) : begin(person.get(), before).map(Outcome::done))
            .recover(Ask::refused);
    }

    Future<Begun> begin(Person person, Optional<SecretBytes> before) {
        SecretBytes token = SecretBytes.take(random.bytes(StaffSessionHandler.TOKEN_BYTES));
        Future<Void> ended = before.map(old -> signOut(old).<Void>mapEmpty()).orElse(Future.succeededFuture());
        return ended.compose(done -> sessions.open(new Session(TokenHash.ofSession(wrap, token), person.id(), false, clock.now().truncatedTo(ChronoUnit.MINUTES).plus(rules.session()))))
            .map(new Begun(person, token));
    }

    /** Ends a session, locked or not. Refused: not-signed-in. */
    Future<Outcome<JsonObject>> signOut(SecretBytes token) {
        return find(token).compose(found -> found.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.NOT_SIGNED_IN)) : end(found.get()));
    }

    private Future<Outcome<JsonObject>> end(Found found) {
        return sessions.end(found.session().token()).map(ended -> {
            stopped.stopped(found.person().id(), Optional.of(found.session().token()), Why.SIGNED_OUT);
            return Outcome.done(new JsonObject());
        });
    }

    /** Every session of hers but this one. Repeatable. */
    Future<Void> endOthers(StaffSession by) {
        return sessions.of(by.who().id()).compose(all -> Future.all(all.stream().filter(token -> !token.equals(by.token())).map(token -> sessions.end(token).onSuccess(ended ->
            stopped.stopped(by.who().id(), Optional.of(token), Why.SIGNED_OUT))).toList()).mapEmpty());
    }

    /** Whoever is behind a token; a suspended person is nobody. */
    Future<Optional<Found>> find(SecretBytes token) {
        return find(TokenHash.ofSession(wrap, token));
    }

    private Future<Optional<Found>> find(TokenHash token) {
        return sessions.find(token).compose(session -> session.isEmpty() ? Future.succeededFuture(Optional.empty())
            : people.find(session.get().who()).map(person -> person.filter(Person::active).map(active -> new Found(session.get(), active))));
    }

    @Override
    public Future<Optional<StaffSession>> byToken(SecretBytes token) {
        return find(token).map(SignIn::unlocked);
    }

    @Override
    public Future<Optional<StaffSession>> still(TokenHash token) {
        return find(token).map(SignIn::unlocked);
    }

    @Override
    public Future<Void> lock(TokenHash token) {
        return sessions.lock(token).mapEmpty();
    }

    private static Optional<StaffSession> unlocked(Optional<Found> found) {
        return found.filter(any -> !any.session().locked()).map(SignIn::live);
    }

    private static StaffSession live(Found found) {
        Profile profile = found.person().profile();
        return new StaffSession(new Caller.Staff(found.person().id(), profile.roles()), profile.languages(), found.session().token(), found.session().endsAt());
    }
}
