package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.audit.AuditEvent;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.RandomSource;
import nl.naast.staff.Challenge.Purpose;

/** Somebody brings an invitation, makes a passkey, and is a member of staff from then on. */
final class Register {
    private final People people;
    private final Invitations invitations;
    private final Ask ask;
    private final Passkeys passkeys;
    private final AuditTrail audit;
    private final RandomSource random;

    Register(People people, Invitations invitations, Ask ask, Passkeys passkeys, AuditTrail audit, RandomSource random) {
        this.people = people;
        this.invitations = invitations;
        this.ask = ask;
        this.passkeys = passkeys;
        this.audit = audit;
        this.random = random;
    }

    /** What the invitation says, before anything is made. Refused: unknown (used, expired, withdrawn or never made: alike). */
    Future<Outcome<JsonObject>> look(Optional<InvitationCode> code) {
        return found(code).map(found -> found.map(invitation -> Outcome.done(invitation.profile().json())).orElse(Outcome.refused(Problem.UNKNOWN)));
    }

    /** Refused: unknown. */
    Future<Outcome<JsonObject>> options(Optional<InvitationCode> code) {
        return found(code).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Outcome.refused(Problem.UNKNOWN));
            }
            StaffId person = new StaffId(Id16.random(random));
            return passkeys.creationOptions(person, found.get().profile().alias()).map(options -> Outcome.done(ask.ask(Purpose.REGISTER, person, options)));
        });
    }

    private Future<Optional<Invitation>> found(Optional<InvitationCode> code) {
        return code.map(invitations::find).orElse(Future.succeededFuture(Optional.empty()));
    }

    /** Uses the invitation up. Refused: not-signed-in when the passkey does not verify, unknown when the invitation is none (any more). */
    Future<Outcome<Person>> register(Optional<InvitationCode> code, Ask.Answer answer) {
        return Future.succeededFuture(answer).map(given -> ask.asked(Purpose.REGISTER, given))
            .compose(challenge -> passkeys.registered(challenge.person(), answer.challenge(), answer.credential()).compose(passkey -> ask.use(challenge).map(passkey)))
            .compose(passkey -> code.map(given -> people.register(given, passkey)).orElse(Future.succeededFuture(Optional.empty())))
            .compose(person -> person.map(this::recorded).orElse(Future.succeededFuture(Outcome.refused(Problem.UNKNOWN))))
            .recover(Ask::refused);
    }

    private Future<Outcome<Person>> recorded(Person person) {
        return audit.add(new AuditEvent.Deed(Optional.of(person.id().id()), "registered", Optional.empty())).map(Outcome.done(person));
    }
}
