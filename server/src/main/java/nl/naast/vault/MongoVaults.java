package nl.naast.vault;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import nl.naast.vault.MongoVaultRows.Row;

/**
 * {@link Vaults} in MongoDB. What decides a put is the one write of the item at the version that was seen; the lines that come with it lie in the item until the next put, which gives them documents of their own before it
 * writes: so lines of a put that lost are never anywhere.
 */
final class MongoVaults implements Vaults {
    private static final Future<Optional<Outcome<Long>>> FASTER = Future.succeededFuture(Optional.empty());

    private final MongoStore store;
    private final MongoVaultRows rows;
    private final Clock clock;
    private final VaultRules rules;

    MongoVaults(MongoStore store, Wrap wrap, Clock clock, VaultRules rules) {
        this.store = store;
        this.rows = new MongoVaultRows(store, new VaultSeal(wrap));
        this.clock = clock;
        this.rules = rules;
    }

    @Override
    public Future<List<Item>> all(StaffId who) {
        return rows.all(who).map(found -> found.stream().map(Row::item).filter(this::lives).toList());
    }

    @Override
    public Future<Outcome<Long>> put(StaffId who, Put put) {
        return store.again(() -> rows.find(who, put.item()).compose(found -> attempt(who, put, found)));
    }

    /** @return empty: somebody was faster, and what lies there now decides */
    private Future<Optional<Outcome<Long>>> attempt(StaffId who, Put put, Optional<Row> found) {
        if (found.isPresent() && !lives(found.get().item())) {
            return rows.destroy(found.get()).map(Optional.empty());
        }
        Optional<Item> there = found.map(Row::item);
        return switch (put.on(there, rules)) {
            case WRITTEN -> answered(Outcome.done(put.seen() + 1));
            case OVERTAKEN -> answered(Outcome.refused(Problem.NOT_NOW));
            case FULL -> answered(Outcome.refused(Problem.LIMIT));
            case WRITE -> fits(who, put, there).compose(fits -> fits ? write(who, found, put.over(there, clock.now(), rules, true)) : answered(Outcome.refused(Problem.LIMIT)));
        };
    }

    private Future<Boolean> fits(StaffId who, Put put, Optional<Item> there) {
        return put.counts(there, rules) ? all(who).map(hers -> put.fits(hers, rules)) : Future.succeededFuture(true);
    }

    private Future<Optional<Outcome<Long>>> write(StaffId who, Optional<Row> found, Item item) {
        return found.map(row -> replace(row, item)).orElseGet(() -> make(who, item));
    }

    private static Future<Optional<Outcome<Long>>> answered(Outcome<Long> outcome) {
        return Future.succeededFuture(Optional.of(outcome));
    }

    private Future<Optional<Outcome<Long>>> make(StaffId who, Item item) {
        return rows.place(who, rules.items()).compose(place -> place.isEmpty() ? answered(Outcome.refused(Problem.LIMIT)) : rows.insert(who, item, place.get()).compose(made -> made ? answered(Outcome.done(item.version())) : FASTER));
    }

    private Future<Optional<Outcome<Long>>> replace(Row row, Item item) {
        return rows.move(row, item).compose(done -> rows.change(row, item)).compose(mine -> mine ? answered(Outcome.done(item.version())) : rows.forget(row).compose(done -> FASTER));
    }

    @Override
    public Future<Optional<LinesPage>> lines(StaffId who, ItemName item, long after) {
        return rows.find(who, item).compose(found -> found.filter(row -> lives(row.item())).map(row -> rows.lines(row, after).map(lines -> Optional.of(LinesPage.of(lines, rules.pageBytes()))))
            .orElse(Future.succeededFuture(Optional.empty())));
    }

    @Override
    public Future<Void> drop(StaffId who, ItemName item) {
        return store.again(() -> rows.find(who, item).compose(found -> found.map(rows::destroy).orElse(Future.succeededFuture(true)).map(gone -> gone ? Optional.of(gone) : Optional.empty()))).mapEmpty();
    }

    @Override
    public String tag(StaffId who) {
        return rows.person(who);
    }

    @Override
    public Future<Set<String>> people() {
        return rows.people();
    }

    @Override
    public Future<Void> destroy(String person) {
        return rows.destroy(person);
    }

    @Override
    public Purge purge() {
        MongoExpiry items = new MongoExpiry(store, VaultModule.TALKS, VaultSeal.ITEM, rules.talkKept(), document -> !lives(rows.row(document).item()), rows::linesOfItems);
        return new WithLines(items, store.purge(VaultModule.TALKS, VaultSeal.LINE, rules.talkKept()));
    }

    private boolean lives(Item item) {
        return item.lives(clock.now());
    }

    /** Items take their lines along; and lines that hang on nothing, because a put was cut off while its item was destroyed, go by their own day. */
    private record WithLines(Purge items, Purge lines) implements Purge {
        @Override
        public String name() {
            return items.name();
        }

        @Override
        public String table() {
            return items.table();
        }

        @Override
        public Duration kept() {
            return items.kept();
        }

        @Override
        public Future<Integer> purge(LocalDate today, int limit) {
            return items.purge(today, limit).compose(count -> count == limit ? Future.succeededFuture(count) : lines.purge(today, limit - count).map(more -> count + more));
        }
    }
}
