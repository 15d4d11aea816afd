package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffStopped;
import nl.naast.access.StaffStopped.Why;
import nl.naast.audit.AuditEvent;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** Who is on the staff, and who no longer. */
final class Suspend {
    private final People people;
    private final Sessions sessions;
    private final Resets resets;
    private final StaffStopped stopped;
    private final AuditTrail audit;

    Suspend(StaffStores stores, StaffStopped stopped, AuditTrail audit) {
        this.people = stores.people();
        this.sessions = stores.sessions();
        this.resets = stores.resets();
        this.stopped = stopped;
        this.audit = audit;
    }

    Future<Outcome<JsonObject>> people() {
        return people.all().compose(all -> resets.asked().map(asked -> Outcome.done(new JsonObject().put("people", list(all, asked)))));
    }

    private static JsonArray list(List<Person> all, Set<StaffId> asked) {
        JsonArray list = new JsonArray();
        all.forEach(person -> list.add(person.json().put("state", person.state().name().toLowerCase(Locale.ROOT)).put("reset", person.active() && asked.contains(person.id()) ? "asked" : null)));
        return list;
    }

    /**
     * From the first write on none of her sessions is one. Repeatable: again it does what may have been left undone. Refused: malformed, unknown; not-allowed for oneself, so that there is always an administrator left.
     */
    Future<Outcome<JsonObject>> suspend(StaffSession by, JsonObject body) {
        Optional<StaffId> who = Invite.id(body).map(StaffId::new);
        if (who.isEmpty()) {
            return Future.succeededFuture(Outcome.refused(Problem.MALFORMED));
        }
        return suspend(by, who.get());
    }

    private Future<Outcome<JsonObject>> suspend(StaffSession by, StaffId who) {
        return people.suspend(by.who().id(), who).compose(suspended -> switch (suspended) {
            case NOT_ALLOWED -> Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED));
            case UNKNOWN -> Future.succeededFuture(Outcome.refused(Problem.UNKNOWN));
            case NOW -> stop(who).compose(done -> audit.add(new AuditEvent.Deed(Optional.of(by.who().id().id()), "suspended", Optional.of(who.id())))).map(Outcome.done(new JsonObject()));
            case BEFORE -> stop(who).map(Outcome.done(new JsonObject()));
        });
    }

    /** After what suspended her is stored. */
    Future<Void> stop(StaffId who) {
        stopped.stopped(who, Optional.empty(), Why.SUSPENDED);
        return sessions.endAll(who);
    }
}
