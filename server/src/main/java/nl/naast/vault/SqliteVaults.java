package nl.naast.vault;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Purge;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import nl.naast.vault.LinesPage.Numbered;

/** {@link Vaults} in SQLite: a put is one transaction, and lines go with their item. */
final class SqliteVaults implements Vaults {
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE vault_item (item_tag BLOB PRIMARY KEY, person_tag BLOB NOT NULL, version INTEGER NOT NULL, expiry_day INTEGER, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX vault_item_person ON vault_item (person_tag)",
        "CREATE INDEX vault_item_expiry ON vault_item (expiry_day)",
        "CREATE TABLE vault_line (item_tag BLOB NOT NULL REFERENCES vault_item (item_tag) ON DELETE CASCADE, number INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (item_tag, number)) STRICT");

    private final SqliteStore store;
    private final VaultSeal seal;
    private final Clock clock;
    private final VaultRules rules;

    SqliteVaults(SqliteStore store, Wrap wrap, Clock clock, VaultRules rules) {
        this.store = store;
        this.seal = new VaultSeal(wrap);
        this.clock = clock;
        this.rules = rules;
    }

    @Override
    public Future<List<Item>> all(StaffId who) {
        return store.read(connection -> all(connection, who));
    }

    private List<Item> all(Connection connection, StaffId who) throws SQLException {
        return Sql.list(connection, this::item, "SELECT item_tag, version, sealed FROM vault_item WHERE person_tag = ?", (Object) seal.person(who)).stream().filter(this::lives).toList();
    }

    @Override
    public Future<Outcome<Long>> put(StaffId who, Put put) {
        return store.write(connection -> put(connection, who, put));
    }

    private Outcome<Long> put(Connection connection, StaffId who, Put put) throws SQLException {
        byte[] tag = seal.item(who, put.item());
        Optional<Item> there = find(connection, tag);
        return switch (put.on(there, rules)) {
            case WRITTEN -> Outcome.done(put.seen() + 1);
            case OVERTAKEN -> Outcome.refused(Problem.NOT_NOW);
            case FULL -> Outcome.refused(Problem.LIMIT);
            case WRITE -> put.counts(there, rules) && !put.fits(all(connection, who), rules) || there.isEmpty() && !make(connection, who, tag) ? Outcome.refused(Problem.LIMIT) : Outcome.done(write(connection, tag, there, put));
        };
    }

    /** Takes the place of one that has expired. @return false when she has as many as she may */
    private boolean make(Connection connection, StaffId who, byte[] tag) throws SQLException {
        Sql.update(connection, "DELETE FROM vault_item WHERE item_tag = ?", (Object) tag);
        return Sql.update(connection, "INSERT INTO vault_item (item_tag, person_tag, version, sealed) SELECT ?, ?, 0, x'' WHERE (SELECT COUNT(*) FROM vault_item WHERE person_tag = ?) < ?",
            tag, seal.person(who), seal.person(who), rules.items()) == 1;
    }

    private long write(Connection connection, byte[] tag, Optional<Item> there, Put put) throws SQLException {
        Item item = put.over(there, clock.now(), rules, false);
        Sql.update(connection, "UPDATE vault_item SET version = ?, expiry_day = ?, sealed = ? WHERE item_tag = ? AND version = ?", item.version(), item.expiresAt().map(VaultSeal::day).orElse(null), seal.seal(row(tag), item), tag, put.seen());
        long number = there.map(Item::lines).orElse(0L);
        for (byte[] line : put.lines()) {
            number++;
            Sql.update(connection, "INSERT INTO vault_line (item_tag, number, sealed) VALUES (?, ?, ?)", tag, number, seal.sealLine(row(tag), number, line));
        }
        return item.version();
    }

    @Override
    public Future<Optional<LinesPage>> lines(StaffId who, ItemName item, long after) {
        byte[] tag = seal.item(who, item);
        return store.read(connection -> find(connection, tag).isEmpty() ? Optional.empty() : Optional.of(LinesPage.of(Sql.list(connection, row -> line(row(tag), row),
            "SELECT number, sealed FROM vault_line WHERE item_tag = ? AND number > ? ORDER BY number LIMIT ?", tag, after, LinesPage.ROWS + 1), rules.pageBytes())));
    }

    private Numbered line(String place, ResultSet row) throws SQLException {
        long number = row.getLong("number");
        return new Numbered(number, seal.openLine(place, number, row.getBytes("sealed")));
    }

    @Override
    public Future<Void> drop(StaffId who, ItemName item) {
        return store.write(connection -> Sql.update(connection, "DELETE FROM vault_item WHERE item_tag = ?", (Object) seal.item(who, item))).mapEmpty();
    }

    @Override
    public String tag(StaffId who) {
        return Base64Url.encode(seal.person(who));
    }

    @Override
    public Future<Set<String>> people() {
        return store.read(connection -> Set.copyOf(Sql.list(connection, row -> Base64Url.encode(row.getBytes(1)), "SELECT DISTINCT person_tag FROM vault_item")));
    }

    @Override
    public Future<Void> destroy(String person) {
        return store.write(connection -> Sql.update(connection, "DELETE FROM vault_item WHERE person_tag = ?", (Object) Base64Url.decode(person).orElseThrow())).mapEmpty();
    }

    @Override
    public Purge purge() {
        return new SqliteExpiry(store, VaultModule.TALKS, VaultSeal.ITEM, rules.talkKept(), row -> !lives(item(row)));
    }

    private Optional<Item> find(Connection connection, byte[] tag) throws SQLException {
        return Sql.one(connection, this::item, "SELECT item_tag, version, sealed FROM vault_item WHERE item_tag = ?", (Object) tag).filter(this::lives);
    }

    private boolean lives(Item item) {
        return item.lives(clock.now());
    }

    private Item item(ResultSet row) throws SQLException {
        return seal.open(row(row.getBytes("item_tag")), row.getLong("version"), row.getBytes("sealed"));
    }

    private static String row(byte[] tag) {
        return HexFormat.of().formatHex(tag);
    }
}
