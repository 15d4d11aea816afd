package nl.naast.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.P256;
import nl.naast.canon.Revocation;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Base64Url;

/** A coordinator at her console: her browser, and the key that never leaves it. */
public final class RosterSigner {
    private static final long WEEK = 7 * 86_400;

    public final Browser browser;
    public final KeyPair key;
    public final Certificate certificate;

    public RosterSigner(Browser browser, KeyPair key, Certificate certificate) {
        this.browser = browser;
        this.key = key;
        this.certificate = certificate;
    }

    /** With a new key, certified. */
    public static RosterSigner certified(Browser browser, Root root, String name, long notAfter) {
        KeyPair key = P256.generate();
        return new RosterSigner(browser, key, root.certify(key, name, notAfter));
    }

    public Answer bring() {
        return bring(certificate);
    }

    public Answer bring(Certificate other) {
        return browser.post("/api/signing/certificate", new JsonObject().put("certificate", Base64Url.encode(other.encode())));
    }

    /** What her console is shown. */
    public JsonObject signing() {
        return browser.get("/api/signing").body();
    }

    public Answer sign(Statement statement) {
        return sign(statement, P256.sign(key.getPrivate(), statement.encode()));
    }

    public Answer sign(Statement statement, byte[] signature) {
        return browser.post("/api/signing/statement", signature(signature).put("hash", Base64Url.encode(statement.hash().bytes())));
    }

    public Answer refuse(Statement statement) {
        return browser.post("/api/signing/refuse", new JsonObject().put("hash", Base64Url.encode(statement.hash().bytes())));
    }

    /** What she would draft now: all that is shown as certified and signed. @param now seconds since 1970 */
    public Roster next(long now) {
        JsonObject signing = signing();
        List<Certificate> certificates = texts(signing, "certificates").map(Certificate::parse).sorted(java.util.Comparator.comparing(Certificate::hash)).toList();
        List<Hash> statements = objects(signing, "statements").map(each -> Statement.parse(Signed.parse(bytes(each, "signed")).unsigned()).hash()).sorted().toList();
        return new Roster(signing.getLong("version") + 1, now, now + WEEK, certificates, statements);
    }

    public Answer sign(Roster roster) {
        byte[] unsigned = roster.encode();
        return browser.post("/api/signing/roster", signature(P256.sign(key.getPrivate(), unsigned)).put("unsigned", Base64Url.encode(unsigned)));
    }

    public Revocation revocation(Statement statement, long now) {
        Revocation.Unsigned what = new Revocation.Unsigned(statement.id(), statement.hash(), now);
        return new Revocation(what, certificate.hash(), P256.sign(key.getPrivate(), what.encode()));
    }

    public Answer revoke(Revocation revocation) {
        return browser.post("/api/signing/revocation", new JsonObject().put("revocation", Base64Url.encode(revocation.encode())));
    }

    private JsonObject signature(byte[] signature) {
        return new JsonObject().put("signer", Base64Url.encode(certificate.hash().bytes())).put("signature", Base64Url.encode(signature));
    }

    public static Stream<JsonObject> objects(JsonObject from, String field) {
        return from.getJsonArray(field).stream().map(JsonObject.class::cast);
    }

    private static Stream<byte[]> texts(JsonObject from, String field) {
        JsonArray all = from.getJsonArray(field);
        return all.stream().map(text -> Base64Url.decode((String) text).orElseThrow());
    }

    public static byte[] bytes(JsonObject from, String field) {
        return Base64Url.decode(from.getString(field)).orElseThrow();
    }

    /** All of them must have said yes. */
    public static void done(Collection<Answer> answers) {
        answers.stream().filter(answer -> answer.status() != 200).forEach(answer -> {
            throw new AssertionError(answer.toString());
        });
    }
}
