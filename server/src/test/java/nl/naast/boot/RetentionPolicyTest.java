package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.naast.canon.Statement;
import nl.naast.desk.Lease;
import nl.naast.house.House;
import nl.naast.house.MovableClock;
import nl.naast.house.PolicyTables;
import nl.naast.house.PolicyTables.Column;
import nl.naast.house.PolicyTables.Kept;
import nl.naast.platform.Purge;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.staff.StaffRules;
import nl.naast.support.Rows;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/retention.md is what the program does")
class RetentionPolicyTest {
    @TempDir
    Path directory;

    private Settings settings() throws Exception {
        Map<String, String> arguments = Booted.arguments(directory);
        arguments.put("time.sweep", "1s");
        return Settings.read(Path.of("../config/naast.properties"), Map.of(), arguments);
    }

    private Set<String> tables() throws Exception {
        return new TreeSet<>(columns().stream().map(name -> name.split("\\.")[0]).toList());
    }

    private List<String> columns() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (SqliteStore store = SqliteStore.open(vertx, directory.resolve("schema"), Helpline.migrations())) {
            return House.await(store.read(connection -> Sql.list(connection, row -> row.getString(1),
                "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1")));
        } finally {
            House.await(vertx.close());
        }
    }

    // seen failing: with the row of `wait` taken out of the document, with "time" 8 d in the envelope's, and with waits.purge() taken out of QueueModule
    @Test
    @DisplayName("each kind that the sweep destroys has one row with its table and its time, and each row its kind")
    void kinds() throws Exception {
        Vertx vertx = Vertx.vertx();
        Helpline helpline = House.await(Helpline.start(vertx, settings(), new MovableClock()));
        Map<String, String> program = helpline.purges().stream().collect(Collectors.toMap(Purge::name, purge -> purge.table() + ", " + purge.kept(), (a, b) -> a + " and " + b, TreeMap::new));
        House.await(helpline.stop());
        Map<String, String> document = PolicyTables.read().policy().stream().filter(row -> row.kind().isPresent())
            .collect(Collectors.toMap(row -> row.kind().get(), row -> row.table() + ", " + row.time().orElseThrow(), (a, b) -> a + " and " + b, TreeMap::new));
        assertEquals(program, document);
    }

    // seen failing: with the rows of `trust_roster` taken out of the document
    @Test
    @DisplayName("each table of the migrated schema has a row, and each row a table")
    void rows() throws Exception {
        assertEquals(tables(), new TreeSet<>(PolicyTables.read().policy().stream().map(Kept::table).toList()));
    }

    // seen failing: with time.facts.after.end = 25h in the configuration, and with OPEN_LIFE of 31 days
    @Test
    @DisplayName("each time is the one that its setting or constant has")
    void times() throws Exception {
        Settings.Times times = settings().times();
        StaffRules staff = StaffRules.standard("", "", true);
        Map<String, Duration> set = Map.ofEntries(Map.entry("time.envelope.life", times.envelopeLife()), Map.entry("time.facts.after.end", times.factsAfterEnd()), Map.entry("OPEN_LIFE", Talks.OPEN_LIFE),
            Map.entry("WAITS_KEPT", Talks.WAITS_KEPT), Map.entry("LEASE_KEPT", Talks.LEASE_KEPT), Map.entry("SHOWN", Lease.SHOWN), Map.entry("LONGEST_STATEMENT", Duration.ofSeconds(Statement.LONGEST_SECONDS)), Map.entry("SESSION", staff.session()),
            Map.entry("CHALLENGE", staff.challenge()), Map.entry("INVITATION", staff.invitation()), Map.entry("KEPT_SUSPENDED", StaffRules.KEPT_SUSPENDED), Map.entry("AUDIT_KEPT", Helpline.AUDIT_KEPT));
        for (Kept row : PolicyTables.read().policy()) {
            assertEquals(set.get(row.setBy()), row.time().orElse(null), row.what());
        }
    }

    // seen failing: with ALTER TABLE envelope ADD COLUMN written_at added to the migration, and with the row of `wait.sealed` taken out
    @Test
    @DisplayName("each stored field of each table stands in the published list, with its form, and nothing else does")
    void fields() throws Exception {
        List<Column> published = PolicyTables.read().stored();
        assertEquals(columns(), published.stream().map(Column::name).sorted().toList());
        Set<String> forms = new HashSet<>(published.stream().map(Column::form).toList());
        assertTrue(Set.of("id", "seq", "epoch", "fence", "version", "state", "day", "tag", "sealed").containsAll(forms), forms.toString());
    }

    // seen failing: with retention.start() taken out of Helpline.listen; an unclaimed conversation goes with the leave and would show nothing
    @Test
    @DisplayName("the started server sweeps by itself, by the clock it was given")
    void started() throws Exception {
        MovableClock clock = new MovableClock();
        Settings settings = settings();
        Helpline helpline = House.await(Helpline.start(Vertx.vertx(), settings, clock));
        House.await(helpline.firstInvitation());
        assertEquals(1, invitations().size());
        clock.move(StaffRules.standard("", "", true).invitation().plusDays(1));
        for (int i = 0; i < 200 && !invitations().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertEquals(List.of(), invitations());
        House.await(helpline.stop());
    }

    private List<String> invitations() {
        return Rows.of(directory.resolve("data")).stream().filter(row -> row.startsWith("staff_invitation")).toList();
    }
}
