package nl.naast.vault;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import nl.naast.abuse.RateLimit;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffSession;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** {@code /api/vault} of docs/protocol.md §11: whoever is signed in, her own items only. */
final class VaultRoutes {
    private static final Set<Role> ALL = Set.of(Role.values());

    private final Vaults vaults;
    private final PutItem put;
    private final RateLimit writes;
    private final VaultRules rules;

    VaultRoutes(Vaults vaults, PutItem put, RateLimit writes, VaultRules rules) {
        this.vaults = vaults;
        this.put = put;
        this.writes = writes;
        this.rules = rules;
    }

    void mount(StaffApiRoutes api) {
        api.get("/api/vault", ALL, this::all);
        api.largePost("/api/vault/put", ALL, Set.of("item", "seen", "write", "body", "lines"), rules.putBytes(), limited(put::put));
        api.post("/api/vault/keyring", ALL, Set.of("seen", "write", "body", "proof"), limited(put::keyring));
        api.post("/api/vault/lines", ALL, Set.of("item", "after"), this::lines);
        api.post("/api/vault/drop", ALL, Set.of("item"), limited(this::drop));
    }

    private BiFunction<StaffSession, JsonObject, Future<Outcome<JsonObject>>> limited(BiFunction<StaffSession, JsonObject, Future<Outcome<JsonObject>>> write) {
        return (by, body) -> writes.take(by.who().id().id().text()) ? write.apply(by, body) : Future.succeededFuture(Outcome.refused(Problem.TOO_FAST));
    }

    private Future<Outcome<JsonObject>> all(StaffSession by) {
        return vaults.all(by.who().id()).map(found -> Outcome.done(new JsonObject().put("items", told(found))));
    }

    private static JsonArray told(List<Item> items) {
        JsonArray told = new JsonArray();
        items.forEach(item -> told.add(new JsonObject().put("item", item.name().text()).put("version", item.version()).put("body", Base64Url.encode(item.body()))));
        return told;
    }

    /** Refused: malformed, unknown. */
    private Future<Outcome<JsonObject>> lines(StaffSession by, JsonObject body) {
        Optional<ItemName> item = ItemName.parse(body.getValue("item"));
        Optional<Long> after = Put.number(body.getValue("after"));
        return item.isEmpty() || after.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED))
            : vaults.lines(by.who().id(), item.get(), after.get()).map(found -> found.map(page -> Outcome.done(told(page))).orElse(Outcome.refused(Problem.UNKNOWN)));
    }

    private static JsonObject told(LinesPage page) {
        JsonArray lines = new JsonArray();
        page.lines().forEach(line -> lines.add(new JsonObject().put("number", line.number()).put("body", Base64Url.encode(line.body()))));
        return new JsonObject().put("lines", lines).put("more", page.more());
    }

    /** Refused: malformed; not-allowed for what a person has for good. */
    private Future<Outcome<JsonObject>> drop(StaffSession by, JsonObject body) {
        Optional<ItemName> item = ItemName.parse(body.getValue("item"));
        if (item.filter(ItemName::ofTalk).isEmpty()) {
            return Future.succeededFuture(Outcome.refused(item.isEmpty() ? Problem.MALFORMED : Problem.NOT_ALLOWED));
        }
        return vaults.drop(by.who().id(), item.get()).map(Outcome.done(new JsonObject()));
    }
}
