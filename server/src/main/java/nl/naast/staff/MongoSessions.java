package nl.naast.staff;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import org.bson.Document;
import org.bson.types.Binary;

/** {@link Sessions} in MongoDB. */
final class MongoSessions implements Sessions {
    private static final String TABLE = MongoStaffTables.SESSION;

    private final MongoStore store;
    private final Sealed sealed;
    private final Clock clock;

    MongoSessions(MongoStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Future<Void> open(Session session) {
        JsonObject facts = new JsonObject().put("who", session.who().id().text()).put("ends", session.endsAt().getEpochSecond());
        return store.insert(TABLE, MongoExpiry.fields(session.endsAt()).append("_id", session.token().text()).append("person_tag", person(session.who())).append("state", session.locked() ? "locked" : "open")
            .append("sealed", new Binary(sealed.seal(TABLE, session.token().bytes(), facts)))).mapEmpty();
    }

    @Override
    public Future<Optional<Session>> find(TokenHash token) {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", token.text()))).map(found -> found.map(document -> read(token, document)).filter(session -> session.endsAt().isAfter(clock.now())));
    }

    @Override
    public Future<Boolean> lock(TokenHash token) {
        return store.change(TABLE, token.text(), Filters.eq("state", "open"), Updates.set("state", "locked"));
    }

    @Override
    public Future<Boolean> end(TokenHash token) {
        // Not by what is deleted: that is nothing when the answer was lost and it is asked again.
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", token.text()))).compose(found -> store.delete(TABLE, Filters.eq("_id", token.text())).map(found.isPresent()));
    }

    @Override
    public Future<Void> endAll(StaffId who) {
        return store.delete(TABLE, Filters.eq("person_tag", person(who))).mapEmpty();
    }

    @Override
    public Future<List<TokenHash>> of(StaffId who) {
        return store.all(() -> store.collection(TABLE).find(Filters.eq("person_tag", person(who))).projection(Projections.include("_id"))).map(found -> found.stream().map(row -> new TokenHash(row.getString("_id"))).toList());
    }

    @Override
    public Future<Boolean> available(TokenHash token, boolean yes) {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", token.text()))).compose(found -> found.isEmpty() ? Future.succeededFuture(false)
            : store.change(TABLE, token.text(), Filters.eq("state", "open"), Updates.set("sealed", new Binary(sealed.seal(TABLE, token.bytes(), facts(found.get()).put("available", yes))))));
    }

    @Override
    public Future<Boolean> isAvailable(TokenHash token) {
        return store.first(() -> store.collection(TABLE).find(Filters.and(Filters.eq("_id", token.text()), Filters.eq("state", "open")))).map(found -> found.filter(row -> Session.isAvailable(facts(row), clock.now())).isPresent());
    }

    @Override
    public Future<Set<StaffId>> available() {
        return store.all(() -> store.collection(TABLE).find(Filters.eq("state", "open"))).map(found -> found.stream().map(this::facts).filter(facts -> Session.isAvailable(facts, clock.now()))
            .map(facts -> new StaffId(new Id16(facts.getString("who")))).collect(Collectors.toSet()));
    }

    private JsonObject facts(Document found) {
        return sealed.open(TABLE, new TokenHash(found.getString("_id")).bytes(), MongoStore.bytes(found, "sealed"));
    }

    private String person(StaffId who) {
        return Base64Url.encode(sealed.person(who));
    }

    private Session read(TokenHash token, Document found) {
        JsonObject facts = facts(found);
        return new Session(token, new StaffId(new Id16(facts.getString("who"))), found.getString("state").equals("locked"), Instant.ofEpochSecond(facts.getLong("ends")));
    }
}
