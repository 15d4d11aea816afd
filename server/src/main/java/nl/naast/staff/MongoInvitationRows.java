package nl.naast.staff;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Invitations in MongoDB, one document each. Every change is conditional on the state it leaves, and on the code that was brought. */
final class MongoInvitationRows {
    private static final String TABLE = MongoStaffTables.INVITATION;

    /** {@code TAKEN}: used by the person whose passkey lies in it, who may not be among the people yet. */
    enum State { OPEN, TAKEN, USED, WITHDRAWN }

    /** @param maker empty: the first one, made by nobody. @param passkey while it is taken */
    record Row(Invitation invitation, State state, Optional<StaffId> maker, Optional<Passkey> passkey, Optional<String> personTag) {
    }

    private final MongoStore store;
    private final Sealed sealed;

    MongoInvitationRows(MongoStore store, Sealed sealed) {
        this.store = store;
        this.sealed = sealed;
    }

    private static Bson is(State state) {
        return Filters.eq("state", word(state));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    Future<Optional<Row>> find(InvitationCode code) {
        return select(Filters.eq("tag", tag(code))).map(found -> found.stream().findFirst());
    }

    Future<Optional<Row>> find(Id16 id) {
        return select(Filters.eq("_id", id.text())).map(found -> found.stream().findFirst());
    }

    Future<List<Row>> in(State state) {
        return select(is(state));
    }

    private Future<List<Row>> select(Bson which) {
        return store.all(() -> store.collection(TABLE).find(which)).map(found -> found.stream().map(this::row).toList());
    }

    /** Puts it there, or in the place of the open one with its id. @return false when that one is no longer open */
    Future<Boolean> put(Invitation invitation, InvitationCode code, Optional<StaffId> maker) {
        Document fields = MongoExpiry.fields(invitation.expiresAt()).append("tag", tag(code)).append("sealed", seal(new Row(invitation, State.OPEN, maker, Optional.empty(), Optional.empty())));
        maker.ifPresent(her -> fields.append("maker_tag", personTag(her)));
        return store.change(TABLE, invitation.id().text(), is(State.OPEN), new Document("$set", fields)).compose(replaced -> replaced ? Future.succeededFuture(true)
            : store.insert(TABLE, new Document(fields).append("_id", invitation.id().text()).append("state", word(State.OPEN)))
                // Made by somebody else between the two: replaced now, or no longer open.
                .compose(made -> made ? Future.succeededFuture(true) : store.change(TABLE, invitation.id().text(), is(State.OPEN), new Document("$set", fields))));
    }

    /** By this passkey's owner. @return false when it is no longer open under this code, or the passkey or the id is in another one */
    Future<Boolean> take(Row row, InvitationCode code, Passkey passkey, String passkeyTag) {
        Row taken = new Row(row.invitation(), State.TAKEN, row.maker(), Optional.of(passkey), Optional.empty());
        Bson change = Updates.combine(Updates.set("state", word(State.TAKEN)), Updates.set("person_tag", personTag(passkey.owner())), Updates.set("passkey_tag", passkeyTag), Updates.set("sealed", seal(taken)));
        return store.change(TABLE, row.invitation().id().text(), Filters.and(is(State.OPEN), Filters.eq("tag", tag(code))), change)
            .recover(failed -> MongoStore.duplicate(failed) ? Future.succeededFuture(false) : Future.failedFuture(failed));
    }

    /** The person is there: the passkey is only hers from now on. */
    Future<Void> used(Row row) {
        Row used = new Row(row.invitation(), State.USED, row.maker(), Optional.empty(), Optional.empty());
        return store.change(TABLE, row.invitation().id().text(), is(State.TAKEN), Updates.combine(Updates.set("state", word(State.USED)), Updates.set("sealed", seal(used)))).mapEmpty();
    }

    /** @return false when it is no longer open */
    Future<Boolean> withdraw(Id16 id) {
        return store.change(TABLE, id.text(), is(State.OPEN), Updates.set("state", word(State.WITHDRAWN)));
    }

    Future<Void> withdrawBy(StaffId maker) {
        return select(Filters.and(is(State.OPEN), Filters.eq("maker_tag", personTag(maker)))).compose(open -> {
            Future<Void> all = Future.succeededFuture();
            for (Row row : open) {
                all = all.compose(before -> withdraw(row.invitation().id()).mapEmpty());
            }
            return all;
        });
    }

    String personTag(StaffId id) {
        return Base64Url.encode(sealed.person(id));
    }

    private String tag(InvitationCode code) {
        return Base64Url.encode(code.tag(sealed.wrap()));
    }

    /** As text: NX-27017 cannot say "duplicate" of a change that holds bytes (ADR 0018). */
    private String seal(Row row) {
        JsonObject facts = row.invitation().profile().json().put("expires", row.invitation().expiresAt().getEpochSecond()).put("maker", row.maker().map(maker -> maker.id().text()).orElse(null))
            .put("passkey", row.passkey().map(Passkey::json).orElse(null));
        return Base64Url.encode(sealed.seal(TABLE, row.invitation().id().bytes(), facts));
    }

    private Row row(Document found) {
        Id16 id = new Id16(found.getString("_id"));
        JsonObject facts = sealed.open(TABLE, id.bytes(), Base64Url.decode(found.getString("sealed")).orElseThrow());
        Invitation invitation = new Invitation(id, Profile.parse(facts).orElseThrow(), Instant.ofEpochSecond(facts.getLong("expires")));
        return new Row(invitation, State.valueOf(found.getString("state").toUpperCase(Locale.ROOT)), Optional.ofNullable(facts.getString("maker")).map(maker -> new StaffId(new Id16(maker))),
            Optional.ofNullable(facts.getJsonObject("passkey")).map(Passkey::of), Optional.ofNullable(found.getString("person_tag")));
    }
}
