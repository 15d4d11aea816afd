package nl.naast.report;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.conversation.ConversationId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.MongoTables.Table;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import org.bson.Document;

/** {@link Reports} in MongoDB, one document each. How many there are of a conversation is settled by a unique index over its places. */
final class MongoReports implements Reports {
    private static final String TABLE = ReportSeal.TABLE;
    private static final String PLACE = "place_tag";
    /** One field each: NX-27017 finds nothing by what lies in a list. */
    private static final List<String> READERS = List.of("reader_1", "reader_2");

    private final MongoStore store;
    private final ReportSeal seal;
    private final Clock clock;
    private final ReportRules rules;

    MongoReports(MongoStore store, Wrap wrap, Clock clock, ReportRules rules) {
        this.store = store;
        this.seal = new ReportSeal(wrap);
        this.clock = clock;
        this.rules = rules;
    }

    static MongoTables tables() {
        IndexModel places = new IndexModel(Indexes.ascending(PLACE), new IndexOptions().unique(true).sparse(true));
        return new MongoTables("report", List.of(new Table(TABLE, true, List.of(new IndexModel(Indexes.ascending(READERS.getFirst())), new IndexModel(Indexes.ascending(READERS.getLast())), places))));
    }

    @Override
    public Future<Added> add(Report report) {
        return store.again(() -> there(report.id()).compose(there -> there ? Future.succeededFuture(Optional.of(Added.THERE)) : free(report.conversation()).compose(place -> place
            .map(free -> store.insert(TABLE, document(report, free)).map(mine -> mine ? Optional.of(Added.ADDED) : Optional.<Added>empty()))
            .orElse(Future.succeededFuture(Optional.of(Added.FULL))))));
    }

    private Future<Boolean> there(ReportId id) {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", id.id().text())).projection(Projections.include("_id"))).map(Optional::isPresent);
    }

    /** @return a place that was free a moment ago; empty when there is none left */
    private Future<Optional<String>> free(ConversationId conversation) {
        List<String> places = IntStream.rangeClosed(1, rules.ofOneConversation()).mapToObj(number -> Base64Url.encode(seal.place(conversation, number))).toList();
        return store.all(() -> store.collection(TABLE).find(Filters.in(PLACE, places)).projection(Projections.include(PLACE))).map(found -> {
            Set<String> taken = found.stream().map(row -> row.getString(PLACE)).collect(Collectors.toSet());
            return places.stream().filter(place -> !taken.contains(place)).findFirst();
        });
    }

    private Document document(Report report, String place) {
        Document document = new Document("_id", report.id().id().text()).append(PLACE, place);
        for (int i = 0; i < report.boxes().size(); i++) {
            document.append(READERS.get(i), tag(report.boxes().get(i).who()));
        }
        document.putAll(fields(report));
        return document;
    }

    private Document fields(Report report) {
        // As text: NX-27017 cannot say "duplicate" of what holds bytes (ADR 0018).
        return MongoExpiry.fields(report.expiresAt()).append("version", report.version()).append("sealed", Base64Url.encode(seal.seal(report)));
    }

    @Override
    public Future<Optional<Report>> find(ReportId id) {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", id.id().text()))).map(found -> found.map(this::report).filter(this::lives));
    }

    @Override
    public Future<List<Report>> of(StaffId coordinator) {
        return by(READERS.getFirst(), coordinator).compose(first -> by(READERS.getLast(), coordinator).map(second -> Stream.concat(first.stream(), second.stream()).toList()));
    }

    private Future<List<Report>> by(String field, StaffId coordinator) {
        return store.all(() -> store.collection(TABLE).find(Filters.eq(field, tag(coordinator)))).map(found -> found.stream().map(this::report).filter(this::lives).toList());
    }

    @Override
    public Future<Boolean> change(Report report) {
        return store.change(TABLE, report.id().id().text(), Filters.eq("version", report.version() - 1), new Document("$set", fields(report)));
    }

    @Override
    public Purge purge() {
        return new MongoExpiry(store, ReportModule.REPORT, TABLE, rules.kept(), document -> !lives(report(document)));
    }

    private boolean lives(Report report) {
        return report.lives(clock.now());
    }

    private String tag(StaffId who) {
        return Base64Url.encode(seal.coordinator(who));
    }

    private Report report(Document found) {
        return seal.open(new ReportId(new Id16(found.getString("_id"))), MongoStore.number(found, "version"), Base64Url.decode(found.getString("sealed")).orElseThrow());
    }
}
