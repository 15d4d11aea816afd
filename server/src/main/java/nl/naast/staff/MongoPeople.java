package nl.naast.staff;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.platform.MongoStore;
import nl.naast.staff.MongoInvitationRows.State;
import nl.naast.staff.MongoPersonRows.Row;

/**
 * {@link People} in MongoDB. What decides a registration is the one write of the invitation that makes it {@code TAKEN}: it holds the whole person, and unique indexes keep her id and her passkey from being in two of them.
 * Whoever comes next, be it another process after a crash, puts her among the people before it looks there; nobody else can have that invitation any more. What decides a suspension stands at {@link MongoSuspension}.
 */
final class MongoPeople implements People {
    private static final Future<Optional<Optional<Person>>> NOBODY = Future.succeededFuture(Optional.of(Optional.empty()));

    private final MongoStore store;
    private final MongoPersonRows rows;
    private final MongoInvitationRows invitationRows;
    private final MongoInvitations invitations;
    private final MongoSuspension suspension;

    MongoPeople(MongoStore store, MongoPersonRows rows, MongoInvitationRows invitationRows, MongoInvitations invitations, MongoSuspension suspension) {
        this.store = store;
        this.rows = rows;
        this.invitationRows = invitationRows;
        this.invitations = invitations;
        this.suspension = suspension;
    }

    @Override
    public Future<Boolean> nobody() {
        return finishAll().compose(done -> rows.nobody());
    }

    @Override
    public Future<Optional<Person>> find(StaffId id) {
        return rows.find(id).map(found -> found.map(Row::person));
    }

    @Override
    public Future<List<Person>> all() {
        return finishAll().compose(done -> rows.all()).map(found -> found.stream().map(Row::person).toList());
    }

    @Override
    public Future<Optional<Person>> register(InvitationCode code, Passkey passkey) {
        return store.again(() -> attempt(code, passkey));
    }

    /** @return empty: the invitation has changed, and what stands there now decides */
    private Future<Optional<Optional<Person>>> attempt(InvitationCode code, Passkey passkey) {
        return invitationRows.find(code).compose(found -> {
            if (found.isEmpty()) {
                return NOBODY;
            }
            return switch (found.get().state()) {
                case OPEN -> invitations.standing(found).compose(stands -> stands.isEmpty() ? NOBODY : take(stands.get(), code, passkey));
                case TAKEN -> finish(found.get()).compose(done -> hers(found.get(), passkey)).map(Optional::of);
                case USED -> hers(found.get(), passkey).map(Optional::of);
                case WITHDRAWN -> NOBODY;
            };
        });
    }

    /** @return empty when it was taken, by this call too, or withdrawn meanwhile, or the passkey is in another one */
    private Future<Optional<Optional<Person>>> take(MongoInvitationRows.Row invitation, InvitationCode code, Passkey passkey) {
        return finishAll().compose(done -> isTaken(passkey)).compose(taken -> taken ? NOBODY
            : invitationRows.take(invitation, code, passkey, rows.passkeyTag(passkey.credentialId())).map(mine -> Optional.empty()));
    }

    private Future<Boolean> isTaken(Passkey passkey) {
        return rows.byPasskey(passkey.credentialId()).compose(found -> found.isPresent() ? Future.succeededFuture(true) : rows.find(passkey.owner()).map(Optional::isPresent));
    }

    /** The person of a used invitation, when it is this passkey's owner who used it: the answer to an earlier call was lost. */
    private Future<Optional<Person>> hers(MongoInvitationRows.Row invitation, Passkey passkey) {
        return invitation.personTag().filter(invitationRows.personTag(passkey.owner())::equals).isEmpty() ? Future.succeededFuture(Optional.empty())
            : rows.find(passkey.owner()).map(found -> found.filter(row -> row.passkey(passkey.credentialId()).isPresent()).map(Row::person));
    }

    private Future<Void> finishAll() {
        return invitationRows.in(State.TAKEN).compose(found -> {
            Future<Void> all = Future.succeededFuture();
            for (MongoInvitationRows.Row invitation : found) {
                all = all.compose(before -> finish(invitation));
            }
            return all;
        });
    }

    private Future<Void> finish(MongoInvitationRows.Row invitation) {
        return rows.insert(invitation.invitation().profile(), invitation.passkey().orElseThrow()).compose(there -> invitationRows.used(invitation));
    }

    @Override
    public Future<Optional<Passkey>> passkey(String credentialId) {
        return rows.byPasskey(credentialId).compose(found -> found.isPresent() ? Future.succeededFuture(found) : finishAll().compose(done -> rows.byPasskey(credentialId)))
            .map(found -> found.filter(row -> row.person().active()).flatMap(row -> row.passkey(credentialId)));
    }

    @Override
    public Future<Boolean> counted(String credentialId, long counter) {
        return store.again(() -> rows.byPasskey(credentialId).compose(found -> {
            Optional<Passkey> before = found.filter(row -> row.person().active()).flatMap(row -> row.passkey(credentialId));
            if (before.isEmpty() || !before.get().isAhead(counter)) {
                return Future.succeededFuture(Optional.of(false));
            }
            List<Passkey> after = found.get().passkeys().stream().map(passkey -> passkey.credentialId().equals(credentialId) ? passkey.counted(counter) : passkey).toList();
            return rows.keeps(found.get(), after).map(done -> done ? Optional.of(true) : Optional.empty());
        }));
    }

    @Override
    public Future<List<Passkey>> passkeys(StaffId owner) {
        return rows.find(owner).map(found -> found.filter(row -> row.person().active()).map(Row::passkeys).orElse(List.of()));
    }

    @Override
    public Future<Added> add(Passkey passkey) {
        return store.again(() -> finishAll().compose(done -> rows.find(passkey.owner())).compose(found -> found.filter(row -> row.person().active()).map(row -> add(row, passkey)).orElse(added(Added.GONE))));
    }

    /** @return empty when somebody changed her row meanwhile */
    private Future<Optional<Added>> add(Row hers, Passkey passkey) {
        return rows.byPasskey(passkey.credentialId()).compose(found -> {
            if (found.isPresent()) {
                return added(found.get().person().id().equals(passkey.owner()) ? Added.BEFORE : Added.TAKEN);
            }
            List<Passkey> all = Stream.concat(hers.passkeys().stream(), Stream.of(passkey)).toList();
            return all.size() > Passkey.MOST ? added(Added.LIMIT) : rows.keeps(hers, all).map(done -> done ? Optional.of(Added.NOW) : Optional.empty());
        });
    }

    private static Future<Optional<Added>> added(Added answer) {
        return Future.succeededFuture(Optional.of(answer));
    }

    @Override
    public Future<Boolean> remove(StaffId owner, String credentialId) {
        return store.again(() -> rows.find(owner).compose(found -> {
            Optional<Row> has = found.filter(row -> row.person().active() && row.passkey(credentialId).isPresent());
            if (has.isEmpty() || has.get().passkeys().size() == 1) {
                return Future.succeededFuture(Optional.of(has.isEmpty()));
            }
            return rows.keeps(has.get(), has.get().passkeys().stream().filter(passkey -> !passkey.credentialId().equals(credentialId)).toList()).map(done -> done ? Optional.of(true) : Optional.empty());
        }));
    }

    @Override
    public Future<Suspended> suspend(StaffId by, StaffId id) {
        return suspension.suspend(by, id);
    }
}
