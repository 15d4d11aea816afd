package nl.naast.staff;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
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

/** People in MongoDB: one document each, her passkeys in it, so that its version decides which she has. A suspended one is kept for as long as a statement about her could have lived, then destroyed. */
final class MongoPersonRows {
    private static final String TABLE = MongoStaffTables.PERSON;

    /** @param suspendedBy the attempt that suspended her ({@link MongoSuspension}) */
    record Row(Person person, List<Passkey> passkeys, long version, Optional<String> suspendedBy) {
        Row {
            passkeys = List.copyOf(passkeys);
        }

        Optional<Passkey> passkey(String credentialId) {
            return passkeys.stream().filter(passkey -> passkey.credentialId().equals(credentialId)).findFirst();
        }
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
        String tag = passkeyTag(credentialId);
        return select(Filters.or(Filters.eq("passkey_tag", tag), Filters.eq("further_tags", tag))).map(found -> found.stream().findFirst());
    }

    Future<List<Row>> all() {
        return select(Filters.empty());
    }

    Future<Boolean> is(StaffId id, Role role) {
        return find(id).map(found -> found.map(Row::person).filter(Person::active).filter(person -> person.profile().roles().contains(role)).isPresent());
    }

    Future<Boolean> isActive(StaffId id) {
        return find(id).map(found -> found.map(Row::person).filter(Person::active).isPresent());
    }

    private Future<List<Row>> select(Bson which) {
        long today = Sealed.day(clock.now());
        return store.all(() -> store.collection(TABLE).find(which))
            .map(found -> found.stream().filter(document -> !document.containsKey(MongoExpiry.DAY) || MongoStore.number(document, MongoExpiry.DAY) >= today).map(this::row).toList());
    }

    /** Nothing when she is there already. */
    Future<Void> insert(Profile profile, Passkey passkey) {
        Document document = new Document("_id", passkey.owner().id().text()).append("state", "active").append("version", 1L).append("passkey_tag", passkeyTag(passkey.credentialId())).append("sealed", seal(passkey.owner(), profile, List.of(passkey)));
        return store.insert(TABLE, document).mapEmpty();
    }

    /** From now on she has these; one at the least. @return false when somebody changed her row meanwhile */
    Future<Boolean> keeps(Row row, List<Passkey> passkeys) {
        List<String> tags = passkeys.stream().map(Passkey::credentialId).map(this::passkeyTag).toList();
        Document fields = new Document("passkey_tag", tags.getFirst()).append("further_tags", tags.subList(1, tags.size())).append("sealed", seal(row.person().id(), row.person().profile(), passkeys));
        return store.change(TABLE, row.person().id().id().text(), Filters.and(Filters.eq("state", "active"), Filters.eq("version", row.version())), Updates.combine(Updates.inc("version", 1L), new Document("$set", fields)));
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
    private String seal(StaffId id, Profile profile, List<Passkey> passkeys) {
        return Base64Url.encode(sealed.seal(TABLE, id.id().bytes(), profile.json().put("passkeys", new JsonArray(passkeys.stream().map(Passkey::json).toList()))));
    }

    /** An older program wrote one, without a list. */
    private static List<Passkey> passkeys(JsonObject facts) {
        return facts.containsKey("passkeys") ? facts.getJsonArray("passkeys").stream().map(each -> Passkey.of((JsonObject) each)).toList() : List.of(Passkey.of(facts.getJsonObject("passkey")));
    }

    private Row row(Document found) {
        StaffId id = new StaffId(new Id16(found.getString("_id")));
        JsonObject facts = sealed.open(TABLE, id.id().bytes(), Base64Url.decode(found.getString("sealed")).orElseThrow());
        Person person = new Person(id, Profile.parse(facts).orElseThrow(), Person.State.valueOf(found.getString("state").toUpperCase(Locale.ROOT)));
        return new Row(person, passkeys(facts), MongoStore.number(found, "version"), Optional.ofNullable(found.getString("suspended_by")));
    }
}
