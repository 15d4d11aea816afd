package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.audit.AuditEvent;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Wrap;
import nl.naast.staff.Challenge.Purpose;

/** Whoever is signed in sees which passkeys she has, makes a further one, and takes one away that she has lost. */
final class KeepPasskeys {
    private final People people;
    private final Ask ask;
    private final Passkeys passkeys;
    private final SignIn signIn;
    private final ProveAct proofs;
    private final AuditTrail audit;
    private final Wrap wrap;

    KeepPasskeys(People people, Ask ask, Passkeys passkeys, SignIn signIn, ProveAct proofs, AuditTrail audit, Wrap wrap) {
        this.people = people;
        this.ask = ask;
        this.passkeys = passkeys;
        this.signIn = signIn;
        this.proofs = proofs;
        this.audit = audit;
        this.wrap = wrap;
    }

    Future<Integer> count(StaffId who) {
        return people.passkeys(who).map(List::size);
    }

    Future<Outcome<JsonObject>> list(StaffSession by) {
        return people.passkeys(by.who().id()).map(hers -> {
            JsonArray told = new JsonArray();
            hers.forEach(passkey -> told.add(new JsonObject().put("id", passkey.id(wrap).text()).put("made", passkey.made()).put("synced", passkey.synced()).put("credential", passkey.credentialId())));
            return Outcome.done(new JsonObject().put("passkeys", told));
        });
    }

    /** Refused: limit; not-allowed without a proof of this act. */
    Future<Outcome<JsonObject>> options(StaffSession by, JsonObject body) {
        return people.passkeys(by.who().id()).compose(hers -> {
            if (hers.isEmpty() || hers.size() >= Passkey.MOST) {
                return Future.succeededFuture(Outcome.refused(hers.isEmpty() ? Problem.NOT_SIGNED_IN : Problem.LIMIT));
            }
            return proofs.use(by, body.getValue("proof"), Optional.of(ProveAct.ADD), "options").compose(proved -> proved ? furtherOptions(by.who().id(), hers) : Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)));
        });
    }

    private Future<Outcome<JsonObject>> furtherOptions(StaffId who, List<Passkey> hers) {
        return people.find(who).compose(person -> passkeys.furtherOptions(who, person.orElseThrow().profile().alias(), hers)).map(options -> Outcome.done(ask.ask(Purpose.ADD, who, options)));
    }

    /** The same answer again is the same passkey. Refused: malformed; not-allowed for whatever does not verify, was asked by somebody else, or is somebody else's; limit. */
    Future<Outcome<JsonObject>> add(StaffSession by, JsonObject body) {
        StaffId who = by.who().id();
        return Ask.Answer.parse(body, Purpose.ADD).map(answer -> people.passkeys(who).compose(hers -> has(hers, answer) ? nothing() : added(who, answer)))
            .orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)));
    }

    private static boolean has(List<Passkey> hers, Ask.Answer answer) {
        return hers.stream().anyMatch(passkey -> passkey.credentialId().equals(answer.credential().getValue("id")));
    }

    private Future<Outcome<JsonObject>> added(StaffId who, Ask.Answer answer) {
        return Future.succeededFuture(answer).map(given -> ask.asked(Purpose.ADD, given))
            .compose(challenge -> challenge.person().equals(who) ? passkeys.registered(who, answer.challenge(), answer.credential()).compose(passkey -> ask.use(challenge).map(passkey)) : Future.failedFuture(new Passkeys.Refused()))
            .compose(people::add).compose(added -> switch (added) {
                case NOW -> record(who, "added-passkey").compose(done -> nothing());
                case BEFORE -> nothing();
                case TAKEN -> Future.succeededFuture(Outcome.<JsonObject>refused(Problem.NOT_ALLOWED));
                case LIMIT -> Future.succeededFuture(Outcome.<JsonObject>refused(Problem.LIMIT));
                case GONE -> Future.succeededFuture(Outcome.<JsonObject>refused(Problem.NOT_SIGNED_IN));
            })
            .recover(failed -> failed instanceof Passkeys.Refused ? Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)) : Future.failedFuture(failed));
    }

    /**
     * Who takes one away may have lost what it lies on, so her other sessions are ended before: again does what may have been left undone. One that she does not have is nothing to be done. Refused: malformed; not-allowed for
     * the only one, and without a proof of this act.
     */
    Future<Outcome<JsonObject>> remove(StaffSession by, JsonObject body) {
        Optional<Id16> id = Invite.id(body);
        return id.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED)) : people.passkeys(by.who().id()).compose(hers -> {
            Optional<Passkey> lost = hers.stream().filter(passkey -> passkey.id(wrap).equals(id.get())).findFirst();
            if (lost.isEmpty()) {
                return nothing();
            }
            Future<Boolean> may = hers.size() == 1 ? Future.succeededFuture(false) : proofs.use(by, body.getValue("proof"), Optional.of(ProveAct.remove(id.get())), "remove");
            return may.compose(yes -> yes ? remove(by, lost.get()) : Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)));
        });
    }

    private Future<Outcome<JsonObject>> remove(StaffSession by, Passkey lost) {
        return signIn.endOthers(by).compose(done -> people.remove(by.who().id(), lost.credentialId()))
            .compose(removed -> removed ? record(by.who().id(), "removed-passkey").compose(done -> nothing()) : Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)));
    }

    private static Future<Outcome<JsonObject>> nothing() {
        return Future.succeededFuture(Outcome.done(new JsonObject()));
    }

    private Future<Void> record(StaffId who, String deed) {
        return audit.add(new AuditEvent.Deed(Optional.of(who.id()), deed, Optional.empty()));
    }
}
