package nl.naast.trust;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import nl.naast.abuse.RateLimit;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffSession;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Present.Standing;

/** {@code POST /api/statement} of docs/protocol.md §11. */
final class TrustRoutes {
    private final Present present;
    private final RateLimit statements;

    TrustRoutes(Present present, RateLimit statements) {
        this.present = present;
        this.statements = statements;
    }

    void mount(StaffApiRoutes api) {
        api.post("/api/statement", Set.of(Role.EXPERT, Role.COORDINATOR), Set.of("unsigned"), this::present);
    }

    /** In a trial each costs two signatures of another process, a write and a new roster for every visitor: refused as too-fast before any of it. */
    private Future<Outcome<JsonObject>> present(StaffSession by, JsonObject body) {
        if (!statements.take(by.who().id().id().text())) {
            return Future.succeededFuture(Outcome.refused(Problem.TOO_FAST));
        }
        Optional<byte[]> unsigned = body.getValue("unsigned") instanceof String text ? Base64Url.decode(text) : Optional.empty();
        return unsigned.map(bytes -> present.present(by, bytes).map(done -> done.map(TrustRoutes::told))).orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)));
    }

    private static JsonObject told(Standing standing) {
        return switch (standing) {
            case Standing.Served(byte[] statement, byte[] roster) -> new JsonObject().put("state", "signed").put("statement", Base64Url.encode(statement)).put("roster", Base64Url.encode(roster));
            case Standing.Proposed() -> new JsonObject().put("state", "proposed");
            case Standing.Refused() -> new JsonObject().put("state", "refused");
        };
    }
}
