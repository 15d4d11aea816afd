package nl.naast.staff;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.staff.Invitations.Fresh;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * {@link Resets} in MongoDB: one document for each person it is about. What decides is the one write that says who did; suspension and invitation follow from it, and are carried out, or carried out again, by whoever decided it.
 */
final class MongoResets implements Resets {
    private static final String TABLE = MongoStaffTables.RESET;

    record Row(long version, Reset reset) {
    }

    private final MongoStore store;
    private final Sealed sealed;
    private final Clock clock;
    private final MongoPersonRows people;
    private final MongoInvitations invitations;
    private final MongoSuspension suspension;

    MongoResets(MongoStore store, Sealed sealed, Clock clock, MongoPersonRows people, MongoInvitations invitations, MongoSuspension suspension) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
        this.people = people;
        this.invitations = invitations;
        this.suspension = suspension;
    }

    @Override
    public Future<Answer> reset(StaffId by, StaffId about, Fresh fresh) {
        return by.equals(about) ? Future.succeededFuture(Answer.NOT_ALLOWED)
            : store.again(() -> people.is(by, Role.COORDINATOR).compose(may -> may ? people.find(about).compose(her -> attempt(by, her.map(MongoPersonRows.Row::person), fresh)) : answered(Answer.NOT_ALLOWED)));
    }

    /** @return empty: somebody was faster, or it is decided; what stands there now says what follows */
    private Future<Optional<Answer>> attempt(StaffId by, Optional<Person> her, Fresh fresh) {
        return her.isEmpty() ? answered(Answer.UNKNOWN) : find(her.get().id()).compose(found -> {
            Optional<Reset> there = found.map(Row::reset).filter(reset -> reset.lives(clock.now()));
            return there.map(reset -> people.is(reset.first(), Role.COORDINATOR)).orElse(Future.succeededFuture(false)).compose(stands -> switch (Reset.step(there, stands, her.get().active(), by)) {
                case ASK -> write(found, Reset.asked(her.get().id(), by, fresh.id(), clock.now())).map(mine -> mine ? Optional.of(Answer.ASKED) : Optional.<Answer>empty());
                case ASKED -> answered(Answer.WAITS);
                case DECIDE -> write(found, there.orElseThrow().decided(by, clock.now())).map(Optional.<Answer>empty());
                case AGAIN -> carryOut(by, her.get(), new Invitation(there.orElseThrow().invitation(), her.get().profile(), fresh.expiresAt()), fresh.code());
                case NOT_NOW -> answered(Answer.NOT_NOW);
            });
        });
    }

    private Future<Optional<Answer>> carryOut(StaffId by, Person her, Invitation invitation, InvitationCode code) {
        return suspension.carryOut(her.id()).compose(done -> invitations.put(invitation, code, by, Role.COORDINATOR)).compose(made -> answered(made ? Answer.DONE : Answer.NOT_NOW));
    }

    private static Future<Optional<Answer>> answered(Answer answer) {
        return Future.succeededFuture(Optional.of(answer));
    }

    /** @return false when somebody was faster */
    Future<Boolean> write(Optional<Row> found, Reset reset) {
        String tag = tag(reset.about());
        Document fields = MongoExpiry.fields(reset.expiresAt()).append("state", reset.second().isPresent() ? "done" : "asked").append("sealed", new Binary(sealed.seal(TABLE, sealed.person(reset.about()), reset.json())));
        if (found.isEmpty()) {
            Document document = new Document("_id", tag).append("version", 1L);
            document.putAll(fields);
            return store.insert(TABLE, document);
        }
        return store.change(TABLE, tag, Filters.eq("version", found.get().version()), Updates.combine(Updates.inc("version", 1L), new Document("$set", fields)));
    }

    Future<Optional<Row>> find(StaffId about) {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", tag(about)))).map(found -> found.map(document -> new Row(MongoStore.number(document, "version"), reset(document))));
    }

    private Reset reset(Document found) {
        return Reset.of(sealed.open(TABLE, Base64Url.decode(found.getString("_id")).orElseThrow(), MongoStore.bytes(found, "sealed")));
    }

    private String tag(StaffId about) {
        return Base64Url.encode(sealed.person(about));
    }

    @Override
    public Future<Set<StaffId>> asked() {
        return store.all(() -> store.collection(TABLE).find(Filters.eq("state", "asked"))).map(found -> found.stream().map(this::reset).filter(reset -> reset.lives(clock.now())).map(Reset::about).collect(Collectors.toSet()));
    }
}
