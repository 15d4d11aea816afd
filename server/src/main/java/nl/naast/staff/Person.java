package nl.naast.staff;

import io.vertx.core.json.JsonObject;
import nl.naast.access.StaffId;
import nl.naast.access.StaffMember;

/** A registered member of staff. */
record Person(StaffId id, Profile profile, State state) {
    enum State { ACTIVE, SUSPENDED }

    boolean active() {
        return state == State.ACTIVE;
    }

    StaffMember member() {
        return new StaffMember(id, profile.alias(), profile.roles(), profile.languages());
    }

    JsonObject json() {
        return profile.json().put("id", id.id().text());
    }
}
