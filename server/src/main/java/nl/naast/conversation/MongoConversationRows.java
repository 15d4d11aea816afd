package nl.naast.conversation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The one row of a conversation in MongoDB, as {@link SqliteConversationRows} is in SQLite. Every race is settled by its {@code version}, or by a unique index: a claim's id, a desk's place, a capability. Ids and tags are
 * text, since they are searched for. Rows that have expired are not seen through here.
 */
public final class MongoConversationRows {
    public static final String TABLE = "conversation";
    static final String ARRIVALS = "arrival";
    /** Each open row may have one of as many places as there may be open rows; see {@code queue}. */
    public static final String OPEN_PLACE = "open_place";
    public static final String WAITING_PLACE = "waiting_place";
    private static final IndexOptions UNIQUE = new IndexOptions().unique(true);
    private static final List<MongoTables.Table> TABLES = List.of(
        new MongoTables.Table(TABLE, true, List.of(new IndexModel(Indexes.ascending("state", "language_tag", "arrival")), new IndexModel(Indexes.ascending("staff_tag")), new IndexModel(Indexes.ascending("visitor_tag"), UNIQUE),
            sparse("claim_id"), sparse("slot_tag"), sparse("call_id"), new IndexModel(Indexes.ascending("guest_tag"), new IndexOptions().sparse(true)), sparse("guest_slot_tag"), sparse(OPEN_PLACE), sparse(WAITING_PLACE), new IndexModel(Indexes.ascending(MongoTail.DAY)))),
        new MongoTables.Table("envelope", true, List.of(new IndexModel(Indexes.ascending("conversation", "seq")), new IndexModel(Indexes.ascending("conversation", "id")))));

    private final MongoStore store;
    private final Wrap wrap;

    public MongoConversationRows(MongoStore store, Wrap wrap) {
        this.store = store;
        this.wrap = wrap;
    }

    public static MongoTables tables() {
        return new MongoTables("conversation", TABLES);
    }

    private static IndexModel sparse(String field) {
        return new IndexModel(Indexes.ascending(field), new IndexOptions().unique(true).sparse(true));
    }

    /** @return the rows that have not expired at {@code now}, as documents, for {@link #row} */
    Future<List<Document>> documents(Instant now, Bson which) {
        return store.all(() -> store.collection(TABLE).find(which)).map(found -> found.stream().filter(document -> row(document).facts().expiresAt().isAfter(now)).toList());
    }

    /** @return the rows in which it holds and that have not expired at {@code now} */
    public Future<List<Conversation>> select(Instant now, Bson which) {
        return documents(now, which).map(found -> found.stream().map(this::row).toList());
    }

    /** As {@link #select}, in the order of their arrival. @param limit 0: all */
    public Future<List<Conversation>> byArrival(Instant now, Bson which, int limit) {
        return store.all(() -> store.collection(TABLE).find(which).sort(Indexes.ascending("arrival")).limit(limit)).map(found -> found.stream().map(this::row).filter(row -> row.facts().expiresAt().isAfter(now)).toList());
    }

    /** The number by which it stands in line: the next one when it goes to the end. Taken before the write: a write that is lost leaves a gap. */
    public Future<Conversation> arrived(Conversation row) {
        return row.arrival() != Conversation.LAST ? Future.succeededFuture(row)
            : store.next(ARRIVALS).map(arrival -> new Conversation(row.id(), row.state(), arrival, row.visitor(), row.claim(), row.log(), row.facts(), row.version()));
    }

    /** The document of a new row; {@link #arrived}. */
    public Document document(Conversation row) {
        Document document = new Document("_id", row.id().id().text()).append("version", 0L).append("visitor_tag", row.visitor().text()).append("language_tag", languageTag(row.facts().language()));
        fields(row).forEach((field, value) -> {
            if (value != null) {
                document.append(field, value);
            }
        });
        return document;
    }

    /**
     * The conditional write by which every race is settled.
     *
     * @param row as it is to be, with the version that was read; {@link #arrived}
     * @param also further changes of the same document
     * @return the row as it stands now, or empty when its version is no longer the given one; fails with what {@link MongoStore#duplicate} knows when somebody has its claim's id or place
     */
    public Future<Optional<Conversation>> update(Conversation row, Bson... also) {
        return write(Filters.eq("version", row.version()), row, also);
    }

    /** @param condition what must hold besides the version: mongo-java-server sends a document that is being changed neither whole as it was nor whole as it is (ADR 0018) */
    public Future<Optional<Conversation>> update(Bson condition, Conversation row) {
        return write(Filters.and(Filters.eq("version", row.version()), condition), row);
    }

    private Future<Optional<Conversation>> write(Bson condition, Conversation row, Bson... also) {
        List<Bson> changes = new ArrayList<>(List.of(also));
        changes.add(Updates.inc("version", 1L));
        fields(row).forEach((field, value) -> changes.add(value == null ? Updates.unset(field) : Updates.set(field, value)));
        if (row.state() != State.WAITING) {
            changes.add(Updates.unset(WAITING_PLACE));
        }
        if (!row.open()) {
            changes.add(Updates.unset(OPEN_PLACE));
        }
        return store.change(TABLE, row.id().id().text(), condition, Updates.combine(changes))
            .map(written -> written ? Optional.of(new Conversation(row.id(), row.state(), row.arrival(), row.visitor(), row.claim(), row.log(), row.facts(), row.version() + 1)) : Optional.empty());
    }

    static Bson atVersion(Conversation row) {
        return Filters.and(Filters.eq("_id", row.id().id().text()), Filters.eq("version", row.version()));
    }

    public String languageTag(String language) {
        return tag("language", language.getBytes(StandardCharsets.UTF_8));
    }

    public String staffTag(StaffId staff) {
        return tag("staff", staff.id().bytes());
    }

    /** A desk's place: at the most one conversation can have it. */
    public String slotTag(StaffId staff, int slot) {
        return tag("slot", (staff.id().text() + "/" + slot).getBytes(StandardCharsets.UTF_8));
    }

    private String tag(String label, byte[] value) {
        return Base64Url.encode(wrap.tag(label, value));
    }

    /** What a change may change; null: not there, so that a unique index does not see it. */
    private Document fields(Conversation row) {
        Optional<Claim> claim = row.claim();
        Optional<Claim> seated = row.guest().flatMap(Guest::seat);
        Log log = row.log();
        Document fields = MongoExpiry.fields(row.facts().expiresAt()).append("state", row.state().name()).append("arrival", row.arrival()).append("claim_id", claim.map(c -> c.id().id().text()).orElse(null))
            .append("fence", claim.map(Claim::fence).orElse(null)).append("epoch", log.epoch()).append("seq", log.seq()).append("from_seq", log.fromSeq()).append("visitor_ack", log.visitorAck())
            .append("expert_ack", log.expertAck()).append("staff_tag", claim.map(c -> staffTag(c.staff())).orElse(null)).append("group_tag", log.groupTag())
            .append("slot_tag", claim.filter(c -> row.open()).map(c -> slotTag(c.staff(), c.slot())).orElse(null))
            .append("guest_ack", log.guestAck()).append("call_id", row.guest().map(guest -> guest.call().id().text()).orElse(null)).append("guest_tag", seated.map(c -> staffTag(c.staff())).orElse(null))
            .append("guest_slot_tag", seated.filter(c -> row.open()).map(c -> slotTag(c.staff(), c.slot())).orElse(null));
        // As text: NX-27017 cannot say "duplicate" of a change that holds bytes (ADR 0018).
        return fields.append("sealed", Base64Url.encode(wrap.seal(place(row.id()), FactsCodec.encode(row.facts(), claim))));
    }

    Conversation row(Document found) {
        ConversationId id = new ConversationId(new Id16(found.getString("_id")));
        FactsCodec.Sealed sealed = FactsCodec.decode(wrap.open(place(id), Base64Url.decode(found.getString("sealed")).orElseThrow()));
        Optional<Claim> claim = sealed.staff().map(staff -> new Claim(new ClaimId(new Id16(found.getString("claim_id"))), staff, MongoStore.number(found, "fence"), sealed.slot(), sealed.keyPackage()));
        Log log = new Log(found.getString("group_tag"), MongoStore.number(found, "epoch"), MongoStore.number(found, "seq"), MongoStore.number(found, "from_seq"), MongoStore.number(found, "visitor_ack"),
            MongoStore.number(found, "expert_ack"), found.containsKey("guest_ack") ? MongoStore.number(found, "guest_ack") : 0);
        return new Conversation(id, State.valueOf(found.getString("state")), MongoStore.number(found, "arrival"), new TokenHash(found.getString("visitor_tag")), claim, log, sealed.facts(), MongoStore.number(found, "version"));
    }

    private static String place(ConversationId id) {
        return "conversation/" + id.id().text();
    }
}
