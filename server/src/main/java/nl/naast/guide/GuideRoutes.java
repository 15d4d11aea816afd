package nl.naast.guide;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;
import nl.naast.platform.Outcome;

/** {@code GET /api/guide} of docs/protocol.md §11. */
final class GuideRoutes {
    private final JsonObject guide;

    GuideRoutes(JsonObject guide) {
        this.guide = guide;
    }

    void mount(StaffApiRoutes api) {
        api.get("/api/guide", Set.of(Role.EXPERT, Role.COORDINATOR), session -> Future.succeededFuture(Outcome.done(guide)));
    }
}
