package nl.naast.report;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** A coordinator reads what was sealed to her, and answers it once. Whoever has no statement that is served is told of nothing. */
final class AnswerReport {
    /** What a coordinator is told of: a report, and its box to her. */
    record Hers(Report report, Report.Box box) {
    }

    private final Reports reports;
    private final Coordinators coordinators;
    private final Clock clock;
    private final ReportRules rules;

    AnswerReport(Reports reports, Coordinators coordinators, Clock clock, ReportRules rules) {
        this.reports = reports;
        this.coordinators = coordinators;
        this.clock = clock;
        this.rules = rules;
    }

    Future<List<Hers>> of(StaffId who) {
        return coordinators.papers().compose(papers -> papers.of(who).isEmpty() ? Future.succeededFuture(List.of())
            : reports.of(who).map(all -> all.stream().flatMap(report -> report.of(who, papers.revoked()).map(box -> new Hers(report, box)).stream()).toList()));
    }

    /** Refused: unknown; not-now when she has answered it with other bytes. */
    Future<Outcome<Void>> answer(StaffId who, ReportId id, byte[] box) {
        return coordinators.papers().compose(papers -> papers.of(who).map(served -> answer(who, id, new Answer(served.statement(), box), papers)).orElse(refused(Problem.UNKNOWN)));
    }

    private Future<Outcome<Void>> answer(StaffId who, ReportId id, Answer answer, Coordinators.Papers papers) {
        return reports.find(id).compose(found -> {
            Optional<Report.Box> hers = found.flatMap(report -> report.of(who, papers.revoked()));
            if (hers.isEmpty()) {
                return refused(Problem.UNKNOWN);
            }
            Optional<Answer> before = hers.get().answer();
            if (before.isPresent()) {
                return Report.same(before.get(), answer.box()) ? Future.succeededFuture(Outcome.done(null)) : refused(Problem.NOT_NOW);
            }
            // Whoever was faster has written once, and each of two only once: it ends.
            return reports.change(found.get().answered(who, answer, clock.now(), rules)).compose(written -> written ? Future.succeededFuture(Outcome.done(null)) : answer(who, id, answer, papers));
        });
    }

    private static Future<Outcome<Void>> refused(Problem problem) {
        return Future.succeededFuture(Outcome.refused(problem));
    }
}
