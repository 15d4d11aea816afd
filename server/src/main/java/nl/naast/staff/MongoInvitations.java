package nl.naast.staff;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.staff.MongoInvitationRows.Row;
import nl.naast.staff.MongoInvitationRows.State;

/**
 * {@link Invitations} in MongoDB. Whether one stands is asked of its maker too, each time: what a suspension that was cut short did not withdraw yet is void all the same; and one made by nobody is void once there is
 * somebody.
 */
final class MongoInvitations implements Invitations {
    private final MongoInvitationRows rows;
    private final MongoPersonRows people;
    private final Clock clock;

    MongoInvitations(MongoInvitationRows rows, MongoPersonRows people, Clock clock) {
        this.rows = rows;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public Future<Boolean> put(Invitation invitation, InvitationCode code, StaffId maker) {
        return put(invitation, code, maker, Role.ADMINISTRATOR);
    }

    /** @param as what she must be, before and after */
    Future<Boolean> put(Invitation invitation, InvitationCode code, StaffId maker, Role as) {
        return people.is(maker, as).compose(may -> may ? rows.put(invitation, code, Optional.of(maker)) : Future.succeededFuture(false))
            .compose(put -> put ? people.is(maker, as).compose(still -> still ? Future.succeededFuture(true) : rows.withdraw(invitation.id()).map(false)) : Future.succeededFuture(false));
    }

    @Override
    public Future<Boolean> putFirst(Invitation invitation, InvitationCode code) {
        return people.nobody().compose(nobody -> nobody ? rows.put(invitation, code, Optional.empty()) : Future.succeededFuture(false));
    }

    @Override
    public Future<Optional<Invitation>> find(InvitationCode code) {
        return rows.find(code).compose(this::standing).map(found -> found.map(Row::invitation));
    }

    /** @return the row, if it stands */
    Future<Optional<Row>> standing(Optional<Row> found) {
        if (found.isEmpty() || found.get().state() != State.OPEN || !found.get().invitation().expiresAt().isAfter(clock.now())) {
            return Future.succeededFuture(Optional.empty());
        }
        return found.get().maker().map(people::isActive).orElseGet(people::nobody).map(stands -> stands ? found : Optional.empty());
    }

    @Override
    public Future<List<Invitation>> open() {
        return rows.in(State.OPEN).compose(found -> {
            Future<List<Invitation>> all = Future.succeededFuture(new ArrayList<>());
            for (Row row : found) {
                all = all.compose(before -> standing(Optional.of(row)).map(stands -> {
                    stands.map(Row::invitation).ifPresent(before::add);
                    return before;
                }));
            }
            return all;
        });
    }

    @Override
    public Future<Boolean> withdraw(Id16 id) {
        return rows.find(id).compose(this::standing).compose(found -> found.isPresent() ? rows.withdraw(id) : Future.succeededFuture(false));
    }
}
