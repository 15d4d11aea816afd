package nl.naast.staff;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoStore;
import nl.naast.platform.RandomSource;
import nl.naast.staff.MongoPersonRows.Row;
import nl.naast.staff.People.Suspended;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Suspensions happen one after the other, so that two administrators cannot suspend each other: one document says who is being suspended, and by which attempt. It is written at the version at which the attempt saw nobody
 * in it and found the asking administrator active. Whoever finds somebody in it, be it after a crash, carries that out first: her state, then her invitations, then the document is free again.
 */
final class MongoSuspension {
    private static final String TABLE = MongoStaffTables.SUSPENSION;
    private static final String ONLY = "only";

    private final MongoStore store;
    private final MongoPersonRows people;
    private final MongoInvitationRows invitations;

    MongoSuspension(MongoStore store, MongoPersonRows people, MongoInvitationRows invitations) {
        this.store = store;
        this.people = people;
        this.invitations = invitations;
    }

    Future<Suspended> suspend(StaffId by, StaffId id) {
        return by.equals(id) ? Future.succeededFuture(Suspended.NOT_ALLOWED) : inTurn(() -> people.is(by, Role.ADMINISTRATOR), id);
    }

    /** What was decided elsewhere ({@link MongoResets}). */
    Future<Void> carryOut(StaffId id) {
        return inTurn(() -> Future.succeededFuture(true), id).mapEmpty();
    }

    private Future<Suspended> inTurn(Supplier<Future<Boolean>> may, StaffId id) {
        String attempt = Id16.random(RandomSource.system()).text();
        return store.again(() -> free().compose(version -> version.isEmpty() ? Future.succeededFuture(Optional.empty()) : attempt(version.get(), may, id, attempt)));
    }

    /** @return empty: begun, or somebody was faster; what stands there now decides */
    private Future<Optional<Suspended>> attempt(long version, Supplier<Future<Boolean>> allowed, StaffId id, String attempt) {
        return allowed.get().compose(may -> people.find(id).compose(her -> {
            if (her.flatMap(Row::suspendedBy).filter(attempt::equals).isPresent()) {
                return Future.succeededFuture(Optional.of(Suspended.NOW));
            }
            if (!may || her.isEmpty()) {
                return Future.succeededFuture(Optional.of(may ? Suspended.UNKNOWN : Suspended.NOT_ALLOWED));
            }
            return her.get().person().active() ? begin(version, id, attempt).map(mine -> Optional.empty()) : invitations.withdrawBy(id).map(Optional.of(Suspended.BEFORE));
        }));
    }

    private Future<Boolean> begin(long version, StaffId id, String attempt) {
        return store.change(TABLE, ONLY, Filters.eq("version", version), Updates.combine(Updates.inc("version", 1L), Updates.set("about", id.id().text()), Updates.set("attempt", attempt)));
    }

    /** Carries out what stands in it. @return its version, with nobody in it; empty when it had to be made, or emptied, first */
    private Future<Optional<Long>> free() {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", ONLY))).compose(found -> found.map(this::free)
            .orElseGet(() -> store.insert(TABLE, new Document("_id", ONLY).append("version", 0L)).map(made -> Optional.empty())));
    }

    private Future<Optional<Long>> free(Document found) {
        Optional<StaffId> about = Optional.ofNullable(found.getString("about")).map(text -> new StaffId(new Id16(text)));
        long version = MongoStore.number(found, "version");
        Bson empty = Updates.combine(Updates.inc("version", 1L), Updates.unset("about"), Updates.unset("attempt"));
        return about.map(id -> people.suspend(id, found.getString("attempt")).compose(done -> invitations.withdrawBy(id)).compose(done -> store.change(TABLE, ONLY, Filters.eq("version", version), empty)).map(done -> Optional.<Long>empty()))
            .orElse(Future.succeededFuture(Optional.of(version)));
    }
}
