package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** On duty: some coordinator is signed in and has said that she is there. It ends with her session, and with its lock. */
final class Duty {
    private final People people;
    private final Sessions sessions;

    Duty(StaffStores stores) {
        this.people = stores.people();
        this.sessions = stores.sessions();
    }

    /** Refused: malformed; not-signed-in when the session was ended or locked meanwhile. */
    Future<Outcome<JsonObject>> set(StaffSession by, JsonObject body) {
        return body.getValue("available") instanceof Boolean yes
            ? sessions.available(by.token(), yes).map(noted -> noted ? Outcome.done(new JsonObject()) : Outcome.refused(Problem.NOT_SIGNED_IN)) : Future.succeededFuture(Outcome.refused(Problem.MALFORMED));
    }

    Future<Outcome<JsonObject>> ask(StaffSession by) {
        Future<Boolean> onDuty = sessions.available().compose(there -> Future.all(there.stream().map(this::isActive).toList())).map(all -> all.list().contains(Boolean.TRUE));
        return onDuty.compose(yes -> sessions.isAvailable(by.token()).map(mine -> Outcome.done(new JsonObject().put("onDuty", yes).put("available", mine))));
    }

    /** A suspension that was cut off has left her session; nobody but a coordinator has said it. */
    private Future<Boolean> isActive(StaffId who) {
        return people.find(who).map(found -> found.filter(Person::active).isPresent());
    }
}
