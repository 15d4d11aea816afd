package nl.naast.platform;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;

/** As {@link SqliteExpiry}, for one collection: days that are over go unread, the documents of the present day are opened, a page at a time, for their exact time. */
public final class MongoExpiry implements Purge {
    /** The day of its expiry (UTC, days since 1970). */
    public static final String DAY = "expiry_day";
    /** A day after the end of that day, as the date that MongoDB's own TTL index asks for: it compares with the clock of another machine, and must come behind our own sweep though that clock is hours ahead. */
    static final String OVER = "day_over";
    private static final int PAGE = 500;

    private final MongoStore store;
    private final String name;
    private final String table;
    private final Duration kept;
    private final Predicate<Document> past;
    private final Function<List<Object>, Future<Void>> before;

    /**
     * @param name the row of docs/retention.md
     * @param table a collection whose documents have the {@link #fields}
     * @param kept see {@link Purge#kept()}
     * @param past whether this document has expired
     */
    public MongoExpiry(MongoStore store, String name, String table, Duration kept, Predicate<Document> past) {
        this(store, name, table, kept, past, ids -> Future.succeededFuture());
    }

    /** @param before destroys what hangs on documents with these ids; carried out first, so that a sweep cut in half leaves nothing hanging on nothing */
    public MongoExpiry(MongoStore store, String name, String table, Duration kept, Predicate<Document> past, Function<List<Object>, Future<Void>> before) {
        this.store = store;
        this.name = name;
        this.table = table;
        this.kept = kept;
        this.past = past;
        this.before = before;
    }

    /** The fields by which a document expires. @param expiresAt its exact time, of which only the day is kept here */
    public static Document fields(Instant expiresAt) {
        LocalDate day = LocalDate.ofInstant(expiresAt, ZoneOffset.UTC);
        return new Document(DAY, day.toEpochDay()).append(OVER, Date.from(day.plusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public Duration kept() {
        return kept;
    }

    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return ids(Filters.lt(DAY, today.toEpochDay()), limit).compose(this::destroy)
            .compose(over -> over == limit ? Future.succeededFuture(over) : ofToday(today, limit - over, Filters.eq(DAY, today.toEpochDay())).map(more -> over + more));
    }

    private Future<List<Object>> ids(Bson which, int limit) {
        return store.all(() -> store.collection(table).find(which).projection(Projections.include("_id")).limit(limit)).map(found -> found.stream().map(document -> document.get("_id")).toList());
    }

    private Future<Integer> ofToday(LocalDate today, int limit, Bson which) {
        return store.all(() -> store.collection(table).find(which).sort(Sorts.ascending("_id")).limit(PAGE)).compose(page -> {
            List<Object> now = new ArrayList<>(page.stream().filter(past).map(document -> document.get("_id")).limit(limit).toList());
            return destroy(now).compose(count -> page.size() == PAGE && now.size() < limit
                ? ofToday(today, limit - now.size(), Filters.and(Filters.eq(DAY, today.toEpochDay()), Filters.gt("_id", page.getLast().get("_id")))).map(rest -> count + rest) : Future.succeededFuture(count));
        });
    }

    private Future<Integer> destroy(List<Object> ids) {
        return ids.isEmpty() ? Future.succeededFuture(0)
            : before.apply(ids).compose(done -> store.first(() -> store.collection(table).deleteMany(Filters.in("_id", ids)))).map(deleted -> (int) deleted.orElseThrow().getDeletedCount());
    }
}
