package nl.naast.vault;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffSession;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** A page writes an item of its person's vault. */
final class PutItem {
    private final Vaults vaults;
    private final StaffDirectory directory;
    private final VaultRules rules;

    PutItem(Vaults vaults, StaffDirectory directory, VaultRules rules) {
        this.vaults = vaults;
        this.directory = directory;
        this.rules = rules;
    }

    /** Refused: malformed, too-large, limit; not-now when another put was faster. */
    Future<Outcome<JsonObject>> put(StaffSession by, JsonObject body) {
        return switch (Put.parse(body, rules)) {
            case Outcome.Refused<Put>(Problem problem) -> Future.succeededFuture(Outcome.refused(problem));
            case Outcome.Done<Put>(Put put) -> vaults.put(by.who().id(), put).compose(stored -> stored instanceof Outcome.Done<Long> ? stillThere(by, stored) : Future.succeededFuture(stored))
                .map(stored -> stored.map(version -> new JsonObject().put("version", version)));
        };
    }

    /** A suspension that came before the put was stored has found nothing of it to destroy: it is destroyed here. One that comes later finds it. */
    private Future<Outcome<Long>> stillThere(StaffSession by, Outcome<Long> stored) {
        return directory.find(by.who().id()).compose(her -> her.isPresent() ? Future.succeededFuture(stored) : vaults.destroy(vaults.tag(by.who().id())).map(Outcome.refused(Problem.NOT_SIGNED_IN)));
    }
}
