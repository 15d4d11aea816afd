package nl.naast.staff;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import org.bson.Document;
import org.bson.conversions.Bson;

/** People in MongoDB: one document each, her passkey in it. A suspended one is kept for as long as a statement about her could have lived, then destroyed. */
final class MongoPersonRows {
    private static final String TABLE = MongoStaffTables.PERSON;

    /** @param suspendedBy the attempt that suspended her ({@link MongoSuspension}) */
    record Row(Person person, Passkey passkey, long version, Optional<String> suspendedBy) {
    }

    private final MongoStore store;
    private final Sealed sealed;
    private final Clock clock;

    MongoPersonRows(MongoStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    Future<Boolean> nobody() {
        return store.first(() -> store.collection(TABLE).find().projection(Projections.include("_id")).limit(1)).map(Optional::isEmpty);
    }

    Future<Optional<Row>> find(StaffId id) {
        return select(Filters.eq("_id", id.id().text())).map(found -> found.stream().findFirst());
    }

    Future<Optional<Row>> byPasskey(String credentialId) {
        return select(Filters.eq("passkey_tag", passkeyTag(credentialId))).map(found -> found.stream().findFirst());
    }

    Future<List<Row>> all() {
        return select(Filters.empty());
    }

    Future<Boolean> isAdministrator(StaffId id) {
        return find(id).map(found -> found.map(Row::person).filter(Person::active).filter(person -> person.profile().roles().contains(Role.ADMINISTRATOR)).isPresent());
    }

    private Future<List<Row>> select(Bson which) {
        long today = Sealed.day(clock.now());
        return store.all(() -> store.collection(TABLE).find(which))
            .map(found -> found.stream().filter(document -> !document.containsKey(MongoExpiry.DAY) || MongoStore.number(document, MongoExpiry.DAY) >= today).map(this::row).toList());
    }

    /** Nothing when she is there already. */
    Future<Void> insert(Profile profile, Passkey passkey) {
        Document document = new Document("_id", passkey.owner().id().text()).append("state", "active").append("version", 1L).append("passkey_tag", passkeyTag(passkey.credentialId())).append("sealed", seal(profile, passkey));
        return store.insert(TABLE, document).mapEmpty();
    }

    /** @return false when somebody changed her row meanwhile */
    Future<Boolean> counted(Row row, long counter) {
        Bson change = Updates.combine(Updates.inc("version", 1L), Updates.set("sealed", seal(row.person().profile(), row.passkey().counted(counter))));
        return store.change(TABLE, row.person().id().id().text(), Filters.eq("version", row.version()), change);
    }

    /** Nothing when she is suspended already. */
    Future<Void> suspend(StaffId id, String attempt) {
        Document fields = MongoExpiry.fields(clock.now().plus(StaffRules.KEPT_SUSPENDED)).append("state", "suspended").append("suspended_by", attempt);
        return store.change(TABLE, id.id().text(), Filters.eq("state", "active"), Updates.combine(Updates.inc("version", 1L), new Document("$set", fields))).mapEmpty();
    }

    String passkeyTag(String credentialId) {
        return Base64Url.encode(sealed.wrap().tag("passkey", Base64Url.decode(credentialId).orElseThrow()));
    }

    /** As text: NX-27017 cannot say "duplicate" of a change that holds bytes (ADR 0018). */
    private String seal(Profile profile, Passkey passkey) {
        return Base64Url.encode(sealed.seal(TABLE, passkey.owner().id().bytes(), profile.json().put("passkey", passkey.json())));
    }

    private Row row(Document found) {
        StaffId id = new StaffId(new Id16(found.getString("_id")));
        JsonObject facts = sealed.open(TABLE, id.id().bytes(), Base64Url.decode(found.getString("sealed")).orElseThrow());
        Person person = new Person(id, Profile.parse(facts).orElseThrow(), Person.State.valueOf(found.getString("state").toUpperCase(Locale.ROOT)));
        return new Row(person, Passkey.of(facts.getJsonObject("passkey")), MongoStore.number(found, "version"), Optional.ofNullable(found.getString("suspended_by")));
    }
}
