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

/** {@code POST /api/statement} of docs/protocol.md §11. */
final class TrustRoutes {
    private final RegisterStatement register;
    private final RateLimit statements;

    TrustRoutes(RegisterStatement register, RateLimit statements) {
        this.register = register;
        this.statements = statements;
    }

    void mount(StaffApiRoutes api) {
        api.post("/api/statement", Set.of(Role.EXPERT), Set.of("unsigned"), this::register);
    }

    /** Each costs two signatures of another process, a write and a new roster for every visitor: refused as too-fast before any of it. */
    private Future<Outcome<JsonObject>> register(StaffSession by, JsonObject body) {
        if (!statements.take(by.who().id().id().text())) {
            return Future.succeededFuture(Outcome.refused(Problem.TOO_FAST));
        }
        Optional<byte[]> unsigned = body.getValue("unsigned") instanceof String text ? Base64Url.decode(text) : Optional.empty();
        return unsigned.map(bytes -> register.register(by, bytes).map(done -> done.map(TrustRoutes::told))).orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)));
    }

    private static JsonObject told(RegisterStatement.Registered done) {
        return new JsonObject().put("statement", Base64Url.encode(done.statement())).put("roster", Base64Url.encode(done.roster()));
    }
}
