package nl.naast.staff;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;

/** {@link People} in SQLite. A suspended person is kept for as long as a statement about her could have lived, then destroyed with her passkeys. */
final class SqlitePeople implements People {
    private static final String PERSON = "staff_person";
    private static final String PASSKEY = "staff_passkey";

    private final SqliteStore store;
    private final Sealed sealed;
    private final Clock clock;
    private final SqliteInvitations invitations;

    SqlitePeople(SqliteStore store, Sealed sealed, Clock clock, SqliteInvitations invitations) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
        this.invitations = invitations;
    }

    @Override
    public Future<Boolean> nobody() {
        return store.read(connection -> Sql.one(connection, row -> 1, "SELECT 1 FROM staff_person LIMIT 1").isEmpty());
    }

    @Override
    public Future<Optional<Person>> find(StaffId id) {
        return store.read(connection -> find(connection, id));
    }

    Optional<Person> find(Connection connection, StaffId id) throws SQLException {
        return Sql.one(connection, this::person, "SELECT id, state, sealed FROM staff_person WHERE id = ? AND (expiry_day IS NULL OR expiry_day >= ?)", id.id().bytes(), today());
    }

    @Override
    public Future<List<Person>> all() {
        return store.read(connection -> Sql.list(connection, this::person, "SELECT id, state, sealed FROM staff_person WHERE expiry_day IS NULL OR expiry_day >= ?", today()));
    }

    @Override
    public Future<Optional<Person>> register(InvitationCode code, Passkey passkey) {
        return store.write(connection -> {
            Optional<Invitation> invitation = invitations.find(connection, code);
            if (invitation.isEmpty() || isTaken(connection, passkey)) {
                return Optional.empty();
            }
            Sql.update(connection, "UPDATE staff_invitation SET state = 'used', version = version + 1 WHERE id = ?", invitation.get().id().bytes());
            return Optional.of(insert(connection, invitation.get().profile(), passkey));
        });
    }

    private boolean isTaken(Connection connection, Passkey passkey) throws SQLException {
        return Sql.one(connection, row -> 1, "SELECT 1 FROM staff_passkey WHERE tag = ? UNION SELECT 1 FROM staff_person WHERE id = ?", tag(passkey.credentialId()), passkey.owner().id().bytes()).isPresent();
    }

    private Person insert(Connection connection, Profile profile, Passkey passkey) throws SQLException {
        byte[] id = passkey.owner().id().bytes();
        Sql.update(connection, "INSERT INTO staff_person (id, state, version, sealed) VALUES (?, 'active', 1, ?)", id, sealed.seal(PERSON, id, profile.json()));
        insert(connection, passkey);
        return new Person(passkey.owner(), profile, Person.State.ACTIVE);
    }

    private void insert(Connection connection, Passkey passkey) throws SQLException {
        byte[] tag = tag(passkey.credentialId());
        Sql.update(connection, "INSERT INTO staff_passkey (tag, person_tag, version, sealed) VALUES (?, ?, 1, ?)", tag, sealed.person(passkey.owner()), sealed.seal(PASSKEY, tag, passkey.json()));
    }

    @Override
    public Future<List<Passkey>> passkeys(StaffId owner) {
        return store.read(connection -> passkeys(connection, owner));
    }

    private List<Passkey> passkeys(Connection connection, StaffId owner) throws SQLException {
        return find(connection, owner).filter(Person::active).isEmpty() ? List.of() : Sql.list(connection, row -> Passkey.of(sealed.open(PASSKEY, row.getBytes("tag"), row.getBytes("sealed"))),
            "SELECT tag, sealed FROM staff_passkey WHERE person_tag = ? ORDER BY rowid", (Object) sealed.person(owner));
    }

    @Override
    public Future<Added> add(Passkey passkey) {
        return store.write(connection -> {
            List<Passkey> hers = passkeys(connection, passkey.owner());
            Optional<Passkey> there = passkey(connection, passkey.credentialId());
            if (hers.isEmpty() || there.isPresent() || hers.size() >= Passkey.MOST) {
                return hers.isEmpty() ? Added.GONE : there.map(known -> known.owner().equals(passkey.owner()) ? Added.BEFORE : Added.TAKEN).orElse(Added.LIMIT);
            }
            insert(connection, passkey);
            return Added.NOW;
        });
    }

    @Override
    public Future<Boolean> remove(StaffId owner, String credentialId) {
        return store.write(connection -> {
            List<Passkey> hers = passkeys(connection, owner);
            boolean has = hers.stream().anyMatch(passkey -> passkey.credentialId().equals(credentialId));
            return !has || hers.size() > 1 && Sql.update(connection, "DELETE FROM staff_passkey WHERE tag = ?", (Object) tag(credentialId)) == 1;
        });
    }

    @Override
    public Future<Optional<Passkey>> passkey(String credentialId) {
        return store.read(connection -> {
            Optional<Passkey> found = passkey(connection, credentialId);
            return found.isPresent() && find(connection, found.get().owner()).filter(Person::active).isPresent() ? found : Optional.empty();
        });
    }

    private Optional<Passkey> passkey(Connection connection, String credentialId) throws SQLException {
        byte[] tag = tag(credentialId);
        return Sql.one(connection, row -> Passkey.of(sealed.open(PASSKEY, tag, row.getBytes("sealed"))), "SELECT sealed FROM staff_passkey WHERE tag = ?", tag);
    }

    @Override
    public Future<Boolean> counted(String credentialId, long counter) {
        return store.write(connection -> {
            Optional<Passkey> before = passkey(connection, credentialId);
            if (before.isEmpty() || !before.get().isAhead(counter)) {
                return false;
            }
            byte[] tag = tag(credentialId);
            return Sql.update(connection, "UPDATE staff_passkey SET version = version + 1, sealed = ? WHERE tag = ?", sealed.seal(PASSKEY, tag, before.get().counted(counter).json()), tag) == 1;
        });
    }

    @Override
    public Future<Suspended> suspend(StaffId by, StaffId id) {
        return store.write(connection -> {
            if (by.equals(id) || !isAdministrator(connection, sealed, by)) {
                return Suspended.NOT_ALLOWED;
            }
            if (find(connection, id).isEmpty()) {
                return Suspended.UNKNOWN;
            }
            return suspend(connection, id) ? Suspended.NOW : Suspended.BEFORE;
        });
    }

    /** In the unit of work that decided it. @return false when she was suspended before */
    boolean suspend(Connection connection, StaffId id) throws SQLException {
        long day = Sealed.day(clock.now().plus(StaffRules.KEPT_SUSPENDED));
        int changed = Sql.update(connection, "UPDATE staff_person SET state = 'suspended', version = version + 1, expiry_day = ? WHERE id = ? AND state = 'active'", day, id.id().bytes());
        Sql.update(connection, "UPDATE staff_passkey SET expiry_day = ? WHERE person_tag = ? AND expiry_day IS NULL", day, sealed.person(id));
        SqliteInvitations.withdrawBy(connection, sealed.person(id));
        return changed == 1;
    }

    static boolean isAdministrator(Connection connection, Sealed sealed, StaffId id) throws SQLException {
        return is(connection, sealed, id, Role.ADMINISTRATOR);
    }

    /** In the unit of work that she asked for: what her session allowed when the request came may be over. */
    static boolean is(Connection connection, Sealed sealed, StaffId id, Role role) throws SQLException {
        return Sql.one(connection, row -> person(sealed, row), "SELECT id, state, sealed FROM staff_person WHERE id = ? AND state = 'active'", id.id().bytes())
            .filter(person -> person.profile().roles().contains(role)).isPresent();
    }

    private byte[] tag(String credentialId) {
        return sealed.wrap().tag("passkey", Base64Url.decode(credentialId).orElseThrow());
    }

    private long today() {
        return Sealed.day(clock.now());
    }

    private Person person(ResultSet row) throws SQLException {
        return person(sealed, row);
    }

    private static Person person(Sealed sealed, ResultSet row) throws SQLException {
        byte[] id = row.getBytes("id");
        Profile profile = Profile.parse(sealed.open(PERSON, id, row.getBytes("sealed"))).orElseThrow();
        return new Person(new StaffId(new Id16(Base64Url.encode(id))), profile, Person.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }
}
