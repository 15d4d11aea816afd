package nl.naast.report;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffSession;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** {@code /api/reports} of docs/protocol.md §11. */
final class ReportRoutes {
    private static final Set<Role> COORDINATOR = Set.of(Role.COORDINATOR);
    private static final Comparator<AnswerReport.Hers> ORDER = Comparator.<AnswerReport.Hers, Boolean>comparing(each -> each.box().answer().isPresent()).thenComparing(each -> each.report().expiresAt());

    private final AnswerReport reports;

    ReportRoutes(AnswerReport reports) {
        this.reports = reports;
    }

    void mount(StaffApiRoutes api) {
        api.get("/api/reports", COORDINATOR, this::all);
        api.post("/api/reports/answer", COORDINATOR, Set.of("report", "box"), this::answer);
    }

    private Future<Outcome<JsonObject>> all(StaffSession by) {
        return reports.of(by.who().id()).map(found -> Outcome.done(new JsonObject().put("reports", told(found))));
    }

    private static JsonArray told(List<AnswerReport.Hers> found) {
        return new JsonArray(found.stream().sorted(ORDER).map(each -> new JsonObject().put("report", each.report().id().id().text()).put("to", Base64Url.encode(each.box().to().bytes()))
            .put("box", Base64Url.encode(each.box().box())).put("answered", each.box().answer().isPresent()).put("expiresAt", each.report().expiresAt().toEpochMilli())).toList());
    }

    /** Refused: malformed, too-large, unknown, not-now. */
    private Future<Outcome<JsonObject>> answer(StaffSession by, JsonObject body) {
        Optional<ReportId> id = text(body, "report").flatMap(Id16::parse).map(ReportId::new);
        Optional<byte[]> box = text(body, "box").flatMap(Base64Url::decode);
        if (box.filter(bytes -> bytes.length > SealedBox.MOST).isPresent()) {
            return Future.succeededFuture(Outcome.refused(Problem.TOO_LARGE));
        }
        return id.isEmpty() || box.filter(SealedBox::is).isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED))
            : reports.answer(by.who().id(), id.get(), box.get()).map(outcome -> outcome.map(done -> new JsonObject()));
    }

    private static Optional<String> text(JsonObject body, String field) {
        return body.getValue(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
