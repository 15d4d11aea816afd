package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;

/** {@link Invitations} in SQLite. */
final class SqliteInvitations implements Invitations {
    private static final String TABLE = "staff_invitation";
    private static final String PUT = "INSERT INTO staff_invitation (id, tag, maker_tag, state, version, expiry_day, sealed) VALUES (?, ?, ?, 'open', 1, ?, ?) "
        + "ON CONFLICT (id) DO UPDATE SET tag = excluded.tag, maker_tag = excluded.maker_tag, version = version + 1, expiry_day = excluded.expiry_day, sealed = excluded.sealed WHERE state = 'open'";

    private final SqliteStore store;
    private final Sealed sealed;
    private final Clock clock;

    SqliteInvitations(SqliteStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Future<Boolean> put(Invitation invitation, InvitationCode code, StaffId maker) {
        return store.write(connection -> SqlitePeople.isAdministrator(connection, sealed, maker) && put(connection, invitation, code, sealed.person(maker)));
    }

    @Override
    public Future<Boolean> putFirst(Invitation invitation, InvitationCode code) {
        return store.write(connection -> Sql.one(connection, row -> 1, "SELECT 1 FROM staff_person LIMIT 1").isEmpty() && put(connection, invitation, code, null));
    }

    /** In the unit of work that decided it. @param maker tag of whoever made it, or null; @return false when it is no longer open */
    boolean put(Connection connection, Invitation invitation, InvitationCode code, byte[] maker) throws SQLException {
        byte[] id = invitation.id().bytes();
        JsonObject facts = invitation.profile().json().put("expires", invitation.expiresAt().getEpochSecond());
        return Sql.update(connection, PUT, id, code.tag(sealed.wrap()), maker, Sealed.day(invitation.expiresAt()), sealed.seal(TABLE, id, facts)) == 1;
    }

    @Override
    public Future<Optional<Invitation>> find(InvitationCode code) {
        return store.read(connection -> find(connection, code));
    }

    /** For the unit of work that uses it up. */
    Optional<Invitation> find(Connection connection, InvitationCode code) throws SQLException {
        return Sql.one(connection, this::read, "SELECT id, sealed FROM staff_invitation WHERE tag = ? AND state = 'open'", code.tag(sealed.wrap())).filter(this::stands);
    }

    @Override
    public Future<List<Invitation>> open() {
        return store.read(connection -> Sql.list(connection, this::read, "SELECT id, sealed FROM staff_invitation WHERE state = 'open'").stream().filter(this::stands).toList());
    }

    @Override
    public Future<Boolean> withdraw(Id16 id) {
        return store.write(connection -> {
            boolean stood = Sql.one(connection, this::read, "SELECT id, sealed FROM staff_invitation WHERE id = ? AND state = 'open'", id.bytes()).filter(this::stands).isPresent();
            return stood && Sql.update(connection, "UPDATE staff_invitation SET state = 'withdrawn', version = version + 1 WHERE id = ?", id.bytes()) == 1;
        });
    }

    /** In the unit of work that suspends who made them. */
    static void withdrawBy(Connection connection, byte[] maker) throws SQLException {
        Sql.update(connection, "UPDATE staff_invitation SET state = 'withdrawn', version = version + 1 WHERE maker_tag = ? AND state = 'open'", maker);
    }

    private boolean stands(Invitation invitation) {
        return invitation.expiresAt().isAfter(clock.now());
    }

    private Invitation read(ResultSet row) throws SQLException {
        byte[] id = row.getBytes("id");
        JsonObject facts = sealed.open(TABLE, id, row.getBytes("sealed"));
        return new Invitation(new Id16(Base64Url.encode(id)), Profile.parse(facts).orElseThrow(), Instant.ofEpochSecond(facts.getLong("expires")));
    }
}
