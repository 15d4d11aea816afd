package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.naast.access.ProvedActs;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import nl.naast.staff.Challenge.Purpose;

/**
 * A copied cookie, and a page that was left open, are a session too: what could shut its person out or destroy what she has is asked of a passkey again. The challenge is bound to person, session and act; what it yields is a
 * proof that is good for the steps of that act, each once, for two minutes.
 */
final class ProveAct implements ProvedActs {
    static final String ADD = "add-passkey";
    private static final String REMOVE = "remove-passkey ";
    /** The id is one of Id16. */
    private static final Pattern ACT = Pattern.compile("add-passkey|keyring|remove-passkey [\\w-]{22}");
    private static final String PLACE = "proof";

    private final People people;
    private final Ask ask;
    private final Passkeys passkeys;
    private final Challenges challenges;
    private final Wrap wrap;
    private final Clock clock;
    private final RandomSource random;

    ProveAct(StaffStores stores, Ask ask, Passkeys passkeys, Wrap wrap, Clock clock, RandomSource random) {
        this.people = stores.people();
        this.challenges = stores.challenges();
        this.ask = ask;
        this.passkeys = passkeys;
        this.wrap = wrap;
        this.clock = clock;
        this.random = random;
    }

    static String remove(Id16 passkey) {
        return REMOVE + passkey.text();
    }

    /** Refused: malformed. */
    Future<Outcome<JsonObject>> options(StaffSession by, JsonObject body) {
        StaffId who = by.who().id();
        return act(body).map(act -> people.passkeys(who).compose(hers -> passkeys.requestOptions(hers)).map(options -> Outcome.done(ask.ask(Purpose.PROVE, about(by, act), who, options))))
            .orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)));
    }

    /** Refused: malformed; not-allowed for whatever does not verify, is another's, or was asked for another act or in another session. */
    Future<Outcome<JsonObject>> prove(StaffSession by, JsonObject body) {
        Optional<String> act = act(body);
        Optional<Ask.Answer> answer = Ask.Answer.parse(body, Purpose.PROVE);
        return act.isEmpty() || answer.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED))
            : Future.succeededFuture(answer.get()).map(given -> ask.asked(Purpose.PROVE, about(by, act.get()), given))
                .compose(challenge -> passkeys.signedIn(answer.get().challenge(), answer.get().credential()).compose(who -> who.equals(by.who().id()) ? ask.use(challenge) : Future.failedFuture(new Passkeys.Refused())))
                .map(used -> Outcome.done(new JsonObject().put("proof", proof(by, act.get()))))
                .recover(failed -> failed instanceof Passkeys.Refused ? Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)) : Future.failedFuture(failed));
    }

    private static Optional<String> act(JsonObject body) {
        return body.getValue("act") instanceof String act && ACT.matcher(act).matches() ? Optional.of(act) : Optional.empty();
    }

    private static String about(StaffSession by, String act) {
        return by.who().id().id().text() + " " + by.token().text() + " " + act;
    }

    /** Nothing is kept of it: what it is for, whose and until when is sealed in it. */
    private String proof(StaffSession by, String act) {
        JsonObject sealed = new JsonObject().put("id", Id16.random(random).text()).put("about", about(by, act)).put("act", act).put("expires", clock.now().plus(StaffRules.PROOF).getEpochSecond());
        return Base64Url.encode(wrap.seal(PLACE, sealed.toBuffer().getBytes()));
    }

    @Override
    public Future<Boolean> use(StaffSession by, Object proof, Optional<String> act, String step) {
        Optional<JsonObject> opened = proof instanceof String text ? Base64Url.decode(text).flatMap(this::opened) : Optional.empty();
        Optional<JsonObject> good = opened.filter(found -> found.getString("about").equals(about(by, found.getString("act"))) && act.map(found.getString("act")::equals).orElse(true));
        return good.map(found -> challenges.use(new Challenge(Purpose.PROVE, found.getString("id") + " " + step, by.who().id(), Instant.ofEpochSecond(found.getLong("expires"))))).orElse(Future.succeededFuture(false));
    }

    private Optional<JsonObject> opened(byte[] sealed) {
        try {
            return Optional.of(new JsonObject(Buffer.buffer(wrap.open(PLACE, sealed))));
        } catch (Wrap.Forged notOurs) {
            return Optional.empty();
        }
    }
}
