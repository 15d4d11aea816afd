package nl.naast.queue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import nl.naast.access.StaffId;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.MongoConversationRows;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * {@link WaitingLine} in MongoDB. The limits are held by the rows themselves: each new row takes a number of its own out of as many as there may be, for waiting and for being open, and a unique index gives each number
 * once. Whoever came back into the line by a release needs none: she is not turned away, and is counted.
 */
final class MongoWaitingLine implements WaitingLine {
    private static final Bson WAITING = Filters.eq("state", State.WAITING.name());
    private static final Bson OPEN = Filters.ne("state", State.ENDED.name());
    /** So many of the first are looked at in one go: when others take them meanwhile, the next is tried. */
    private static final int FIRST = 20;

    private final MongoStore store;
    private final MongoConversationRows rows;
    private final Clock clock;

    MongoWaitingLine(MongoStore store, MongoConversationRows rows, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.clock = clock;
    }

    private static <T> Placed<T> refused(Problem problem) {
        return new Placed<>(Outcome.refused(problem), Optional.empty());
    }

    @Override
    public Future<Placed<Conversation>> join(Conversation fresh, int waitingLimit, int openLimit) {
        return store.again(() -> hers(fresh).compose(there -> there.isPresent() ? Future.succeededFuture(there) : place(fresh, waitingLimit, openLimit)));
    }

    /** @return empty when somebody took the number, or her own join came twice */
    private Future<Optional<Placed<Conversation>>> place(Conversation fresh, int waitingLimit, int openLimit) {
        return places(waitingLimit, openLimit).compose(free -> free.isEmpty() ? Future.succeededFuture(Optional.of(refused(Problem.FULL))) : rows.arrived(fresh).compose(row -> insert(row, free.get())));
    }

    /** What stands there already under her capability or this id, be it expired. */
    private Future<Optional<Placed<Conversation>>> hers(Conversation fresh) {
        Bson either = Filters.or(Filters.eq("visitor_tag", fresh.visitor().text()), Filters.eq("_id", fresh.id().id().text()));
        return rows.select(Instant.MIN, either).map(found -> {
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Optional<Conversation> own = found.stream().filter(row -> row.visitor().equals(fresh.visitor()) && row.facts().expiresAt().isAfter(clock.now())).findFirst();
            return Optional.of(own.map(row -> row.id().equals(fresh.id()) ? new Placed<>(Outcome.done(row), Optional.empty()) : MongoWaitingLine.<Conversation>refused(Problem.NOT_NOW)).orElseGet(() -> refused(Problem.UNKNOWN)));
        });
    }

    private record Numbers(long waiting, long open) {
    }

    /** @return two numbers that nobody had a moment ago; empty when the line, or the house, is full */
    private Future<Optional<Numbers>> places(int waitingLimit, int openLimit) {
        return store.all(() -> store.collection(MongoConversationRows.TABLE).find(OPEN).projection(Projections.include("state", MongoConversationRows.OPEN_PLACE, MongoConversationRows.WAITING_PLACE))).map(open -> {
            long waiting = open.stream().filter(row -> row.getString("state").equals(State.WAITING.name())).count();
            if (waiting >= waitingLimit || open.size() >= openLimit) {
                return Optional.empty();
            }
            Optional<Long> inLine = free(open, MongoConversationRows.WAITING_PLACE, waitingLimit);
            Optional<Long> inHouse = free(open, MongoConversationRows.OPEN_PLACE, openLimit);
            return inLine.isEmpty() || inHouse.isEmpty() ? Optional.empty() : Optional.of(new Numbers(inLine.get(), inHouse.get()));
        });
    }

    private static Optional<Long> free(List<Document> rows, String field, int limit) {
        Set<Long> taken = new HashSet<>(rows.stream().filter(row -> row.containsKey(field)).map(row -> MongoStore.number(row, field)).toList());
        List<Long> free = LongStream.rangeClosed(1, limit).boxed().filter(number -> !taken.contains(number)).toList();
        return free.isEmpty() ? Optional.empty() : Optional.of(free.get(ThreadLocalRandom.current().nextInt(free.size())));
    }

    private Future<Optional<Placed<Conversation>>> insert(Conversation row, Numbers numbers) {
        Document document = rows.document(row).append(MongoConversationRows.WAITING_PLACE, numbers.waiting()).append(MongoConversationRows.OPEN_PLACE, numbers.open());
        return store.insert(MongoConversationRows.TABLE, document).map(there -> there ? Optional.of(new Placed<>(Outcome.done(row), Optional.of(new Change(Optional.empty(), row, Optional.empty())))) : Optional.empty());
    }

    @Override
    public Future<Placed<Optional<Conversation>>> claimFirst(Claim claim, Set<String> languages) {
        return store.again(() -> repeated(claim).compose(there -> there.isPresent() ? Future.succeededFuture(there) : first(claim.staff(), languages).compose(found -> claim(claim, found))));
    }

    /** @return empty when others were faster with all of them */
    private Future<Optional<Placed<Optional<Conversation>>>> claim(Claim claim, List<Conversation> found) {
        if (found.isEmpty()) {
            return Future.succeededFuture(Optional.of(new Placed<>(Outcome.done(Optional.empty()), Optional.empty())));
        }
        // Looked at again: mongo-java-server chooses a document, and sends it as it stands a moment later (ADR 0018).
        return oneOf(claim, found.stream().filter(row -> row.state() == State.WAITING).toList());
    }

    private Future<Optional<Placed<Optional<Conversation>>>> repeated(Claim claim) {
        String slot = rows.slotTag(claim.staff(), claim.slot());
        Bson either = Filters.or(Filters.eq("claim_id", claim.id().id().text()), Filters.eq("call_id", claim.id().id().text()), Filters.eq("slot_tag", slot), Filters.eq("guest_slot_tag", slot));
        return rows.select(Instant.MIN, either).map(found -> {
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Optional<Conversation> had = found.stream().filter(row -> row.claim().filter(c -> c.id().equals(claim.id()) && c.staff().equals(claim.staff()) && c.fence() == claim.fence()).isPresent()).findFirst();
            return Optional.of(had.isPresent() ? new Placed<>(Outcome.done(had), Optional.empty()) : MongoWaitingLine.<Optional<Conversation>>refused(Problem.LIMIT));
        });
    }

    private Future<List<Conversation>> first(StaffId who, Set<String> languages) {
        List<String> tags = languages.stream().map(rows::languageTag).toList();
        if (tags.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Bson hers = Filters.and(WAITING, Filters.in("language_tag", tags));
        // Who is not to have the first ones looks at all of them.
        return rows.byArrival(clock.now(), hers, FIRST).compose(found -> found.stream().anyMatch(row -> row.passes(who)) ? rows.byArrival(clock.now(), hers, 0) : Future.succeededFuture(found))
            .map(found -> found.stream().filter(row -> !row.passes(who)).toList());
    }

    /** Tries one after the other, in order. @return empty when others were faster with all of them */
    Future<Optional<Placed<Optional<Conversation>>>> oneOf(Claim claim, List<Conversation> waiting) {
        if (waiting.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Conversation first = waiting.getFirst();
        return rows.update(WAITING, first.withClaim(claim, clock.now())).map(row -> row.map(after -> new Placed<>(Outcome.done(row), Optional.of(new Change(Optional.of(first), after, Optional.empty())))))
            // The same claim, or another for the same place of the desk, was carried out meanwhile.
            .recover(failed -> MongoStore.duplicate(failed) ? repeated(claim) : Future.failedFuture(failed))
            .compose(taken -> taken.isPresent() ? Future.succeededFuture(taken) : oneOf(claim, new ArrayList<>(waiting.subList(1, waiting.size()))));
    }

    @Override
    public Future<List<Waiting>> line() {
        return rows.byArrival(clock.now(), WAITING, 0).map(found -> found.stream().map(row -> new Waiting(row.id(), row.facts().language(), row.facts().waitingSince())).toList());
    }
}
