package nl.naast.staff;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.staff.Invitations.Fresh;

/** {@link Resets} in SQLite: a step is one transaction. */
final class SqliteResets implements Resets {
    private static final String TABLE = "staff_reset";
    private static final String PUT = "INSERT INTO staff_reset (tag, state, version, expiry_day, sealed) VALUES (?, ?, 1, ?, ?) "
        + "ON CONFLICT (tag) DO UPDATE SET state = excluded.state, version = version + 1, expiry_day = excluded.expiry_day, sealed = excluded.sealed";

    private final SqliteStore store;
    private final Sealed sealed;
    private final Clock clock;
    private final SqlitePeople people;
    private final SqliteInvitations invitations;

    SqliteResets(SqliteStore store, Sealed sealed, Clock clock, SqlitePeople people, SqliteInvitations invitations) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
        this.people = people;
        this.invitations = invitations;
    }

    @Override
    public Future<Answer> reset(StaffId by, StaffId about, Fresh fresh) {
        return store.write(connection -> {
            if (by.equals(about) || !isCoordinator(connection, by)) {
                return Answer.NOT_ALLOWED;
            }
            Optional<Person> her = people.find(connection, about);
            return her.isEmpty() ? Answer.UNKNOWN : reset(connection, by, her.get(), fresh);
        });
    }

    private Answer reset(Connection connection, StaffId by, Person her, Fresh fresh) throws SQLException {
        Optional<Reset> there = find(connection, her.id());
        boolean stands = there.isPresent() && isCoordinator(connection, there.get().first());
        return switch (Reset.step(there, stands, her.active(), by)) {
            case ASK -> {
                put(connection, Reset.asked(her.id(), by, fresh.id(), clock.now()));
                yield Answer.ASKED;
            }
            case ASKED -> Answer.WAITS;
            case DECIDE -> {
                put(connection, there.orElseThrow().decided(by, clock.now()));
                people.suspend(connection, her.id());
                yield invite(connection, by, her, there.get(), fresh);
            }
            case AGAIN -> invite(connection, by, her, there.orElseThrow(), fresh);
            case NOT_NOW -> Answer.NOT_NOW;
        };
    }

    private Answer invite(Connection connection, StaffId by, Person her, Reset reset, Fresh fresh) throws SQLException {
        return invitations.put(connection, new Invitation(reset.invitation(), her.profile(), fresh.expiresAt()), fresh.code(), sealed.person(by)) ? Answer.DONE : Answer.NOT_NOW;
    }

    private boolean isCoordinator(Connection connection, StaffId id) throws SQLException {
        return SqlitePeople.is(connection, sealed, id, Role.COORDINATOR);
    }

    private Optional<Reset> find(Connection connection, StaffId about) throws SQLException {
        byte[] tag = sealed.person(about);
        return Sql.one(connection, row -> Reset.of(sealed.open(TABLE, tag, row.getBytes("sealed"))), "SELECT sealed FROM staff_reset WHERE tag = ?", (Object) tag).filter(reset -> reset.lives(clock.now()));
    }

    private void put(Connection connection, Reset reset) throws SQLException {
        byte[] tag = sealed.person(reset.about());
        Sql.update(connection, PUT, tag, reset.second().isPresent() ? "done" : "asked", Sealed.day(reset.expiresAt()), sealed.seal(TABLE, tag, reset.json()));
    }

    @Override
    public Future<Set<StaffId>> asked() {
        return store.read(connection -> Sql.list(connection, row -> Reset.of(sealed.open(TABLE, row.getBytes("tag"), row.getBytes("sealed"))), "SELECT tag, sealed FROM staff_reset WHERE state = 'asked'").stream()
            .filter(reset -> reset.lives(clock.now())).map(Reset::about).collect(Collectors.toSet()));
    }
}
