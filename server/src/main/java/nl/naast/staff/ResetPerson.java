package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.audit.AuditEvent;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** Somebody has lost everything: two coordinators let her begin anew, as a new person with an invitation of the same words. */
final class ResetPerson {
    private final Resets resets;
    private final Invite invite;
    private final Suspend suspend;
    private final AuditTrail audit;

    ResetPerson(Resets resets, Invite invite, Suspend suspend, AuditTrail audit) {
        this.resets = resets;
        this.invite = invite;
        this.suspend = suspend;
        this.audit = audit;
    }

    /** Refused: malformed, unknown; not-allowed for oneself; not-now when she is suspended, another coordinator has decided it, or the invitation was used or withdrawn. */
    Future<Outcome<JsonObject>> reset(StaffSession by, JsonObject body) {
        Optional<StaffId> about = Invite.id(body).map(StaffId::new);
        return about.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED)) : reset(by, about.get(), invite.fresh());
    }

    private Future<Outcome<JsonObject>> reset(StaffSession by, StaffId about, Invitations.Fresh fresh) {
        return resets.reset(by.who().id(), about, fresh).compose(answer -> switch (answer) {
            case ASKED -> record(by, "asked-reset", about).map(asked());
            case WAITS -> Future.succeededFuture(asked());
            case DONE -> suspend.stop(about).compose(done -> record(by, "reset", about)).map(Outcome.done(invite.told(fresh).put("state", "done")));
            case UNKNOWN -> Future.succeededFuture(Outcome.refused(Problem.UNKNOWN));
            case NOT_ALLOWED -> Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED));
            case NOT_NOW -> Future.succeededFuture(Outcome.refused(Problem.NOT_NOW));
        });
    }

    private static Outcome<JsonObject> asked() {
        return Outcome.done(new JsonObject().put("state", "asked"));
    }

    private Future<Void> record(StaffSession by, String deed, StaffId about) {
        return audit.add(new AuditEvent.Deed(Optional.of(by.who().id().id()), deed, Optional.of(about.id())));
    }
}
