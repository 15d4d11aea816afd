package nl.naast.report;

import io.vertx.core.Future;
import java.util.List;
import nl.naast.abuse.RateLimit;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of reports. Nothing here announces anything: whoever has the visitor must not see that she reported. */
public final class ReportModule {
    /** The row of docs/retention.md. */
    static final String REPORT = "report";

    private final Reports reports;
    private final SendReport send;
    private final ReportRoutes routes;

    /** @param rate how often each visitor may report */
    public ReportModule(Store store, Wrap wrap, Clock clock, ReportRules rules, ConversationModule conversations, Coordinators coordinators, RateLimit rate) {
        this.reports = switch (store) {
            case SqliteStore sqlite -> new SqliteReports(sqlite, wrap, clock, rules);
            case MongoStore mongo -> new MongoReports(mongo, wrap, clock, rules);
        };
        this.send = new SendReport(reports, conversations, coordinators, rate, clock, rules);
        this.routes = new ReportRoutes(new AnswerReport(reports, coordinators, clock, rules));
    }

    public static Migration migration(int number) {
        return new Migration(number, "report", SqliteReports.SCHEMA);
    }

    public static MongoTables tables() {
        return MongoReports.tables();
    }

    public void mount(StaffApiRoutes api) {
        routes.mount(api);
    }

    /** The row of docs/retention.md that is this package's. */
    public List<Purge> purges() {
        return List.of(reports.purge());
    }

    /** Whom she may report to. Refused as unknown, or not-now when nobody was ever with her. */
    public Future<Outcome<Readers>> readers(TokenHash visitor) {
        return send.readers(visitor);
    }

    /** Repeatable. Refused as malformed, too-fast, unknown, limit; not-now when nobody was ever with her, or the boxes do not fit whom she may report to now. */
    public Future<Outcome<Void>> send(TokenHash visitor, ConversationId conversation, ReportId report, List<BoxTo> boxes) {
        return send.send(visitor, conversation, report, boxes);
    }

    /** What was answered by now, in the order of the boxes. Refused as unknown: no such report, somebody else's, of another conversation, expired. */
    public Future<Outcome<List<Answer>>> answers(TokenHash visitor, ConversationId conversation, ReportId report) {
        return reports.find(report).map(found -> found.filter(hers -> hers.isOf(visitor, conversation)).map(hers -> Outcome.done(hers.answers())).orElse(Outcome.refused(Problem.UNKNOWN)));
    }
}
