package nl.naast.report;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Purge;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** {@link Reports} in SQLite. */
final class SqliteReports implements Reports {
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE report (id BLOB PRIMARY KEY, version INTEGER NOT NULL, conversation_tag BLOB NOT NULL, first_tag BLOB NOT NULL, second_tag BLOB, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX report_conversation ON report (conversation_tag)",
        "CREATE INDEX report_first ON report (first_tag)",
        "CREATE INDEX report_second ON report (second_tag)",
        "CREATE INDEX report_expiry ON report (expiry_day)");
    private static final String READ = "SELECT id, version, sealed FROM report WHERE ";

    private final SqliteStore store;
    private final ReportSeal seal;
    private final Clock clock;
    private final ReportRules rules;

    SqliteReports(SqliteStore store, Wrap wrap, Clock clock, ReportRules rules) {
        this.store = store;
        this.seal = new ReportSeal(wrap);
        this.clock = clock;
        this.rules = rules;
    }

    @Override
    public Future<Added> add(Report report) {
        return store.write(connection -> {
            if (Sql.one(connection, row -> row.getLong(1), "SELECT 1 FROM report WHERE id = ?", (Object) bytes(report.id())).isPresent()) {
                return Added.THERE;
            }
            return insert(connection, report) ? Added.ADDED : Added.FULL;
        });
    }

    private boolean insert(Connection connection, Report report) throws SQLException {
        byte[] conversation = seal.conversation(report.conversation());
        byte[] second = report.boxes().size() > 1 ? seal.coordinator(report.boxes().get(1).who()) : null;
        return Sql.update(connection, "INSERT INTO report (id, version, conversation_tag, first_tag, second_tag, expiry_day, sealed) SELECT ?, ?, ?, ?, ?, ?, ? WHERE (SELECT COUNT(*) FROM report WHERE conversation_tag = ?) < ?",
            bytes(report.id()), report.version(), conversation, seal.coordinator(report.boxes().getFirst().who()), second, ReportSeal.day(report.expiresAt()), seal.seal(report), conversation, rules.ofOneConversation()) == 1;
    }

    @Override
    public Future<Optional<Report>> find(ReportId id) {
        return store.read(connection -> Sql.one(connection, this::report, READ + "id = ?", (Object) bytes(id)).filter(this::lives));
    }

    @Override
    public Future<List<Report>> of(StaffId coordinator) {
        byte[] tag = seal.coordinator(coordinator);
        return store.read(connection -> Sql.list(connection, this::report, READ + "first_tag = ? OR second_tag = ?", tag, tag).stream().filter(this::lives).toList());
    }

    @Override
    public Future<Boolean> change(Report report) {
        return store.write(connection -> Sql.update(connection, "UPDATE report SET version = ?, expiry_day = ?, sealed = ? WHERE id = ? AND version = ?",
            report.version(), ReportSeal.day(report.expiresAt()), seal.seal(report), bytes(report.id()), report.version() - 1) == 1);
    }

    @Override
    public Purge purge() {
        return new SqliteExpiry(store, ReportModule.REPORT, ReportSeal.TABLE, rules.kept(), row -> !lives(report(row)));
    }

    private boolean lives(Report report) {
        return report.lives(clock.now());
    }

    private static byte[] bytes(ReportId id) {
        return id.id().bytes();
    }

    private Report report(ResultSet row) throws SQLException {
        return seal.open(new ReportId(new Id16(Base64Url.encode(row.getBytes("id")))), row.getLong("version"), row.getBytes("sealed"));
    }
}
