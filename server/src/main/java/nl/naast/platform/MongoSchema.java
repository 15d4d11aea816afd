package nl.naast.platform;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Brings a database to the form this program knows: collections and indexes where they are not there, and one document that says which form that is and by which key it is sealed. Repeatable, by several at once. */
final class MongoSchema {
    /** Of all capabilities together; goes up when a collection changes in a way that an older program cannot read. */
    static final int VERSION = 3;
    private static final String META = "naast";
    private static final String ONLY = "store";

    private final MongoStore store;
    private final String key;
    private final List<MongoTables> tables;

    MongoSchema(MongoStore store, Wrap wrap, List<MongoTables> tables) {
        this.store = store;
        this.key = Base64Url.encode(wrap.tag("store", "key".getBytes(StandardCharsets.UTF_8)));
        this.tables = tables;
    }

    void bring() {
        try {
            own().compose(owned -> indexes()).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StoreRefused refused ? refused : new StoreRefused("the database cannot be used: " + said(failed.getCause()));
        }
    }

    /** Of an error only its kind: its text may hold an address or a document. */
    private static String said(Throwable failed) {
        return failed instanceof StoreBusy ? "it does not answer; is it running, and is the address right?" : failed.getClass().getSimpleName();
    }

    private Future<Void> own() {
        Document mine = new Document("_id", ONLY).append("version", VERSION).append("key", key);
        return store.first(() -> store.collection(META).insertOne(mine)).<Void>mapEmpty().recover(failed -> MongoStore.duplicate(failed) ? compare() : Future.failedFuture(failed));
    }

    private Future<Void> compare() {
        return store.first(() -> store.collection(META).find(Filters.eq("_id", ONLY))).compose(found -> {
            Document there = found.orElseThrow();
            if (!key.equals(there.getString("key"))) {
                return Future.failedFuture(new StoreRefused("the database is sealed by another key file: put the naast.key of the first process into this one's data directory"));
            }
            long version = MongoStore.number(there, "version");
            return version > VERSION ? Future.failedFuture(new StoreRefused("the database has schema " + version + ", this program knows up to " + VERSION + ": start the newer program, or restore a backup made before the update"))
                : store.first(() -> store.collection(META).updateOne(Filters.eq("_id", ONLY), Updates.max("version", VERSION))).mapEmpty();
        });
    }

    private Future<Void> indexes() {
        Future<Void> all = Future.succeededFuture();
        for (MongoTables.Table table : tables.stream().flatMap(each -> each.tables().stream()).toList()) {
            List<IndexModel> wanted = new ArrayList<>(table.indexes());
            if (table.expires()) {
                wanted.add(new IndexModel(Indexes.ascending(MongoExpiry.DAY)));
                wanted.add(new IndexModel(Indexes.ascending(MongoExpiry.OVER), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS)));
            }
            if (!wanted.isEmpty()) {
                all = all.compose(before -> store.all(() -> store.collection(table.name()).createIndexes(wanted)).mapEmpty());
            }
        }
        return all;
    }
}
