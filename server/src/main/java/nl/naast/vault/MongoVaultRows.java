package nl.naast.vault;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.MongoTables.Table;
import nl.naast.platform.RandomSource;
import nl.naast.vault.LinesPage.Numbered;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/** Items in MongoDB, one document each, and their lines, one document each: but those of the last put, which lie in the item (its tail). */
final class MongoVaultRows {
    private static final String ITEM = VaultSeal.ITEM;
    private static final String LINE = VaultSeal.LINE;

    /** @param life a random number, other for each item that is made, also under the same name: what its lines hang on */
    record Row(String tag, String life, Item item) {
    }

    private final MongoStore store;
    private final VaultSeal seal;

    MongoVaultRows(MongoStore store, VaultSeal seal) {
        this.store = store;
        this.seal = seal;
    }

    static MongoTables tables() {
        IndexModel places = new IndexModel(Indexes.ascending("place_tag"), new IndexOptions().unique(true).sparse(true));
        return new MongoTables("vault", List.of(new Table(ITEM, true, List.of(new IndexModel(Indexes.ascending("person_tag")), places)), new Table(LINE, true, List.of(new IndexModel(Indexes.ascending("life"))))));
    }

    Future<Optional<Row>> find(StaffId who, ItemName item) {
        return store.first(() -> store.collection(ITEM).find(Filters.eq("_id", tag(who, item)))).map(found -> found.map(this::row));
    }

    Future<List<Row>> all(StaffId who) {
        return store.all(() -> store.collection(ITEM).find(Filters.eq("person_tag", person(who)))).map(found -> found.stream().map(this::row).toList());
    }

    Future<Set<String>> people() {
        return store.all(() -> store.collection(ITEM).find().projection(Projections.include("person_tag"))).map(found -> found.stream().map(row -> row.getString("person_tag")).collect(Collectors.toSet()));
    }

    /** @return a place that nobody had a moment ago; empty when she has none left */
    Future<Optional<String>> place(StaffId who, int most) {
        return store.all(() -> store.collection(ITEM).find(Filters.eq("person_tag", person(who))).projection(Projections.include("place_tag"))).map(found -> {
            Set<String> taken = found.stream().map(row -> row.getString("place_tag")).collect(Collectors.toSet());
            return IntStream.rangeClosed(1, most).mapToObj(number -> Base64Url.encode(seal.place(who, number))).filter(place -> !taken.contains(place)).findFirst();
        });
    }

    /** @return false when the item is there already, or the place is taken */
    Future<Boolean> insert(StaffId who, Item item, String place) {
        String tag = tag(who, item.name());
        Document document = new Document("_id", tag).append("person_tag", person(who)).append("place_tag", place).append("life", Id16.random(RandomSource.system()).text());
        document.putAll(fields(tag, item));
        return store.insert(ITEM, document);
    }

    /** @return false when somebody was faster */
    Future<Boolean> change(Row row, Item item) {
        return store.change(ITEM, row.tag(), Filters.and(Filters.eq("life", row.life()), Filters.eq("version", row.item().version())), new Document("$set", fields(row.tag(), item)));
    }

    private Document fields(String tag, Item item) {
        // As text: NX-27017 cannot say "duplicate" of a change that holds bytes (ADR 0018).
        Document fields = new Document("version", item.version()).append("sealed", Base64Url.encode(seal.seal(tag, item)));
        item.expiresAt().map(MongoExpiry::fields).ifPresent(fields::putAll);
        return fields;
    }

    /** Gives the lines that lie in the item a document each, and all of its lines the day on which the item will expire. To be called before the item is written over; repeatable. */
    Future<Void> move(Row row, Item after) {
        Document days = after.expiresAt().map(MongoExpiry::fields).orElseGet(Document::new);
        Item before = row.item();
        Future<Void> moved = Future.succeededFuture();
        for (int i = 0; i < before.tail().size(); i++) {
            long number = before.lines() - before.tail().size() + i + 1;
            byte[] line = before.tail().get(i);
            moved = moved.compose(done -> insert(row, number, line, days));
        }
        return before.lines() == 0 || sameDay(before, after) ? moved : moved.compose(done -> store.changeAll(LINE, Filters.eq("life", row.life()), new Document("$set", days)));
    }

    private static boolean sameDay(Item before, Item after) {
        return before.expiresAt().map(VaultSeal::day).equals(after.expiresAt().map(VaultSeal::day));
    }

    private Future<Void> insert(Row row, long number, byte[] line, Document days) {
        String id = row.life() + "/" + number;
        Document document = new Document("_id", id).append("life", row.life()).append("number", number).append("sealed", new Binary(seal.sealLine(row.life(), number, line)));
        document.putAll(days);
        return store.insert(LINE, document).mapEmpty();
    }

    /** In order, one more than a page has rows when there are so many. What lies beyond the item's tail was moved by a put that has written over it since, and is read the next time. */
    Future<List<Numbered>> lines(Row row, long after) {
        Item item = row.item();
        long moved = item.lines() - item.tail().size();
        Bson which = Filters.and(Filters.eq("life", row.life()), Filters.gt("number", after), Filters.lte("number", moved));
        return store.all(() -> store.collection(LINE).find(which).sort(Sorts.ascending("number")).limit(LinesPage.ROWS + 1)).map(found -> {
            List<Numbered> lines = new ArrayList<>(found.stream().map(document -> line(row, document)).toList());
            for (int i = 0; i < item.tail().size() && lines.size() <= LinesPage.ROWS; i++) {
                if (moved + i + 1 > after) {
                    lines.add(new Numbered(moved + i + 1, item.tail().get(i)));
                }
            }
            return lines;
        });
    }

    private Numbered line(Row row, Document found) {
        long number = MongoStore.number(found, "number");
        return new Numbered(number, seal.openLine(row.life(), number, MongoStore.bytes(found, "sealed")));
    }

    /** Its lines first, so that one cut in half leaves nothing hanging on nothing; and afterwards what a put that was on its way has moved meanwhile. @return false when somebody has written it meanwhile */
    Future<Boolean> destroy(Row row) {
        Bson itself = Filters.and(Filters.eq("_id", row.tag()), Filters.eq("life", row.life()), Filters.eq("version", row.item().version()));
        return linesOf(Set.of(row.life())).compose(done -> store.delete(ITEM, itself)).compose(count -> linesOf(Set.of(row.life())).map(count == 1));
    }

    Future<Void> destroy(String person) {
        Bson hers = Filters.eq("person_tag", person);
        return lives(hers).compose(lives -> linesOf(lives).compose(done -> store.delete(ITEM, hers)).compose(count -> linesOf(lives)));
    }

    /** A put that lost to the end of its item: what it has moved goes too. */
    Future<Void> forget(Row row) {
        return store.first(() -> store.collection(ITEM).find(Filters.and(Filters.eq("_id", row.tag()), Filters.eq("life", row.life()))).projection(Projections.include("_id")))
            .compose(found -> found.isPresent() ? Future.succeededFuture() : linesOf(Set.of(row.life())));
    }

    private Future<Set<String>> lives(Bson which) {
        return store.all(() -> store.collection(ITEM).find(which).projection(Projections.include("life"))).map(found -> found.stream().map(row -> row.getString("life")).collect(Collectors.toSet()));
    }

    private Future<Void> linesOf(Set<String> lives) {
        return lives.isEmpty() ? Future.succeededFuture() : store.delete(LINE, Filters.in("life", lives)).mapEmpty();
    }

    /** For the sweep, which destroys items by their ids. */
    Future<Void> linesOfItems(List<Object> ids) {
        return lives(Filters.in("_id", ids)).compose(this::linesOf);
    }

    Row row(Document found) {
        String tag = found.getString("_id");
        return new Row(tag, found.getString("life"), seal.open(tag, MongoStore.number(found, "version"), Base64Url.decode(found.getString("sealed")).orElseThrow()));
    }

    private String tag(StaffId who, ItemName item) {
        return Base64Url.encode(seal.item(who, item));
    }

    String person(StaffId who) {
        return Base64Url.encode(seal.person(who));
    }
}
