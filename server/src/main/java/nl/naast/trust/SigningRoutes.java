package nl.naast.trust;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.audit.AuditEvent;
import nl.naast.audit.AuditTrail;
import nl.naast.canon.Hash;
import nl.naast.canon.Signed;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Given;

/** {@code /api/signing} of docs/protocol.md §11: signatures come in, keys never do. */
final class SigningRoutes {
    /** What signers do, outside a trial. */
    record Uses(Signers signers, BringCertificate bring, SignStatement statement, SignRoster roster, RevokeStatement revoke) {
    }

    private static final Set<Role> COORDINATOR = Set.of(Role.COORDINATOR);
    private static final int HASH_BYTES = 32;

    private final Ledgers ledgers;
    private final Optional<Uses> uses;
    private final AuditTrail audit;

    /** @param uses empty: a trial, in which nothing is taken from anybody */
    SigningRoutes(Ledgers ledgers, Optional<Uses> uses, AuditTrail audit) {
        this.ledgers = ledgers;
        this.uses = uses;
        this.audit = audit;
    }

    void mount(StaffApiRoutes api) {
        api.get("/api/signing", COORDINATOR, session -> ledgers.read().map(ledger -> Outcome.done(SigningView.of(ledger, uses.map(Uses::signers)))));
        post(api, "certificate", Set.of("certificate"), of -> (by, body) -> bytes(body, "certificate").map(bytes -> of.bring().bring(by, bytes).map(SigningRoutes::nothing)));
        post(api, "statement", Set.of("hash", "signer", "signature"), of -> (by, body) -> hash(body, "hash").flatMap(hash -> given(by, body).map(given -> of.statement().sign(hash, given).map(SigningRoutes::nothing))));
        post(api, "refuse", Set.of("hash"), of -> (by, body) -> hash(body, "hash").map(hash -> of.statement().refuse(hash).map(SigningRoutes::nothing)));
        post(api, "roster", Set.of("unsigned", "signer", "signature"), of -> (by, body) -> bytes(body, "unsigned").flatMap(bytes -> given(by, body).map(given -> of.roster().sign(bytes, given).map(SigningRoutes::state))));
        post(api, "revocation", Set.of("revocation"), of -> (by, body) -> bytes(body, "revocation").map(bytes -> of.revoke().revoke(by, bytes).map(SigningRoutes::nothing)));
    }

    /** @return empty: malformed */
    private interface Use {
        Optional<Future<Deed<JsonObject>>> by(StaffId by, JsonObject body);
    }

    private void post(StaffApiRoutes api, String what, Set<String> fields, Function<Uses, Use> use) {
        api.post("/api/signing/" + what, COORDINATOR, fields, (session, body) -> uses.map(of -> use.apply(of).by(session.who().id(), body).map(deed -> noted(session, deed)).orElse(refused(Problem.MALFORMED))).orElse(refused(Problem.NOT_ALLOWED)));
    }

    private static Future<Outcome<JsonObject>> refused(Problem problem) {
        return Future.succeededFuture(Outcome.refused(problem));
    }

    private Future<Outcome<JsonObject>> noted(StaffSession by, Future<Deed<JsonObject>> done) {
        return done.compose(deed -> deed.deed().map(word -> audit.add(new AuditEvent.Deed(Optional.of(by.who().id().id()), word, deed.about().map(StaffId::id)))).orElse(Future.succeededFuture()).map(deed.told()));
    }

    private static Deed<JsonObject> nothing(Deed<Void> deed) {
        return new Deed<>(deed.told().map(done -> new JsonObject()), deed.deed(), deed.about());
    }

    private static Deed<JsonObject> state(Deed<SignRoster.State> deed) {
        return new Deed<>(deed.told().map(state -> new JsonObject().put("state", state.name().toLowerCase(Locale.ROOT))), deed.deed(), deed.about());
    }

    private static Optional<Given> given(StaffId by, JsonObject body) {
        return hash(body, "signer").flatMap(signer -> bytes(body, "signature").map(signature -> new Given(by, new Signed.One(signer, signature))));
    }

    private static Optional<Hash> hash(JsonObject body, String field) {
        return bytes(body, field).filter(bytes -> bytes.length == HASH_BYTES).map(Hash::new);
    }

    private static Optional<byte[]> bytes(JsonObject body, String field) {
        return body.getValue(field) instanceof String text ? Base64Url.decode(text) : Optional.empty();
    }
}
