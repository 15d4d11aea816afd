package nl.naast.vault;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.ProvedActs;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffSession;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** A page writes an item of its person's vault. */
final class PutItem {
    private final Vaults vaults;
    private final StaffDirectory directory;
    private final ProvedActs proofs;
    private final VaultRules rules;

    PutItem(Vaults vaults, StaffDirectory directory, ProvedActs proofs, VaultRules rules) {
        this.vaults = vaults;
        this.directory = directory;
        this.proofs = proofs;
        this.rules = rules;
    }

    /** Refused: malformed, too-large, limit; not-now when another put was faster; not-allowed for a keyring that is not her first: see {@link #keyring}. */
    Future<Outcome<JsonObject>> put(StaffSession by, JsonObject body) {
        return with(body, put -> put.item().equals(ItemName.KEYRING) && put.seen() > 0 ? Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)) : store(by, put));
    }

    /** Whoever puts another keyring in its place destroys all that is in the vault: a session is too little for that. Refused: as a put is; not-allowed without a proof. */
    Future<Outcome<JsonObject>> keyring(StaffSession by, JsonObject body) {
        JsonObject item = body.copy().put("item", ItemName.KEYRING.text()).put("lines", new JsonArray());
        return with(item, put -> proofs.use(by, body.getValue("proof"), Optional.empty(), ProvedActs.KEYRING).compose(proved -> proved ? store(by, put) : Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED))));
    }

    private Future<Outcome<JsonObject>> with(JsonObject body, Function<Put, Future<Outcome<JsonObject>>> use) {
        return switch (Put.parse(body, rules)) {
            case Outcome.Refused<Put>(Problem problem) -> Future.succeededFuture(Outcome.refused(problem));
            case Outcome.Done<Put>(Put put) -> use.apply(put);
        };
    }

    private Future<Outcome<JsonObject>> store(StaffSession by, Put put) {
        return vaults.put(by.who().id(), put).compose(stored -> stored instanceof Outcome.Done<Long> ? stillThere(by, stored) : Future.succeededFuture(stored)).map(stored -> stored.map(version -> new JsonObject().put("version", version)));
    }

    /** A suspension that came before the put was stored has found nothing of it to destroy: it is destroyed here. One that comes later finds it. */
    private Future<Outcome<Long>> stillThere(StaffSession by, Outcome<Long> stored) {
        return directory.find(by.who().id()).compose(her -> her.isPresent() ? Future.succeededFuture(stored) : vaults.destroy(vaults.tag(by.who().id())).map(Outcome.refused(Problem.NOT_SIGNED_IN)));
    }
}
