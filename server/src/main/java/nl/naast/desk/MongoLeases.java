package nl.naast.desk;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/** {@link Leases} in MongoDB: one document for each expert, under her tag, written only at the version that was read. Fence and expiry day in clear besides, the rest sealed. */
final class MongoLeases implements Leases {
    private static final String TABLE = "desk_lease";

    private record Row(long version, Lease lease) {
    }

    private final MongoStore store;
    private final Wrap wrap;
    private final Clock clock;

    MongoLeases(MongoStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    static MongoTables tables() {
        return new MongoTables("desk", List.of(new MongoTables.Table(TABLE, true, List.of())));
    }

    @Override
    public Future<Optional<Lease>> find(StaffId staff) {
        return read(staff).map(found -> found.map(Row::lease).filter(this::lives));
    }

    @Override
    public Future<List<Lease>> of(Set<StaffId> staff) {
        return store.all(() -> store.collection(TABLE).find(Filters.in("_id", staff.stream().map(this::tag).toList()))).map(found -> found.stream().map(this::lease).filter(this::lives).toList());
    }

    @Override
    public Future<Changed> change(StaffId staff, UnaryOperator<Lease> rule) {
        return store.again(() -> attempt(staff, rule));
    }

    /** @return empty when somebody was faster */
    private Future<Optional<Changed>> attempt(StaffId staff, UnaryOperator<Lease> rule) {
        return read(staff).compose(found -> {
            Lease before = found.map(Row::lease).filter(this::lives).orElseGet(() -> Lease.none(staff));
            Lease after = rule.apply(before);
            Future<Boolean> stands = after.equals(before) ? Future.succeededFuture(true) : write(found, after);
            return stands.map(done -> done ? Optional.of(new Changed(before, after)) : Optional.empty());
        });
    }

    /** @return false when somebody was faster */
    private Future<Boolean> write(Optional<Row> found, Lease lease) {
        String tag = tag(lease.staff());
        Document fields = MongoExpiry.fields(lease.expiresAt()).append("fence", lease.fence()).append("sealed", new Binary(wrap.seal(place(tag), LeaseCodec.encode(lease))));
        if (found.isEmpty()) {
            Document document = new Document("_id", tag).append("version", 1L);
            document.putAll(fields);
            return store.insert(TABLE, document);
        }
        Bson change = Updates.combine(Updates.inc("version", 1L), new Document("$set", fields));
        return store.change(TABLE, tag, Filters.eq("version", found.get().version()), change);
    }

    private Future<Optional<Row>> read(StaffId staff) {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", tag(staff)))).map(found -> found.map(document -> new Row(MongoStore.number(document, "version"), lease(document))));
    }

    private Lease lease(Document found) {
        return LeaseCodec.decode(MongoStore.number(found, "fence"), MongoStore.number(found, "version"), wrap.open(place(found.getString("_id")), MongoStore.bytes(found, "sealed")));
    }

    private boolean lives(Lease lease) {
        return lease.expiresAt().isAfter(clock.now());
    }

    @Override
    public Purge purge(Duration kept) {
        return new MongoExpiry(store, "desk lease", TABLE, kept, document -> !lives(lease(document)));
    }

    @Override
    public Future<Integer> forgetGivenBack(int limit) {
        return store.all(() -> store.collection(TABLE).find()).compose(found -> {
            Future<Integer> forgotten = Future.succeededFuture(0);
            for (StaffId staff : found.stream().map(this::lease).filter(lease -> lease.outlived(clock.now()) > 0).map(Lease::staff).limit(limit).toList()) {
                forgotten = forgotten.compose(count -> change(staff, lease -> lease.forgot(clock.now())).map(changed -> count + changed.before().outlived(clock.now())));
            }
            return forgotten;
        });
    }

    private String tag(StaffId staff) {
        return Base64Url.encode(wrap.tag("staff", staff.id().bytes()));
    }

    private static String place(String tag) {
        return TABLE + "/" + tag;
    }
}
