package nl.naast.trust;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.trust.Ledger.Brought;
import nl.naast.trust.Ledger.Draft;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.Given;
import nl.naast.trust.Ledger.Pending;
import nl.naast.trust.Ledger.Proposal;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;

/** A ledger as bytes, but for its two numbers. */
final class LedgerCodec {
    /** What was written in another form is a trial's of before: of it only the two numbers are used. */
    private static final int FORM = 2;

    private LedgerCodec() {
    }

    static byte[] encode(Ledger ledger) {
        JsonObject json = new JsonObject().put("form", FORM).put("roster", ledger.roster().map(signed -> text(signed.bytes())).orElse(null)).put("statements", array(ledger.statements(), LedgerCodec::entry))
            .put("revocations", array(ledger.revocations(), LedgerCodec::revocation)).put("certificates", array(ledger.pending().certificates(), LedgerCodec::certificate))
            .put("proposals", array(ledger.pending().proposals(), LedgerCodec::proposal));
        ledger.pending().draft().ifPresent(draft -> json.put("draft", bytes(draft.unsigned()).put("signatures", array(draft.signatures(), LedgerCodec::given))));
        return json.toBuffer().getBytes();
    }

    private static JsonObject entry(Entry entry) {
        return who(entry.who()).put("bytes", text(entry.bytes())).put("listed", entry.listed()).put("withdrawn", entry.withdrawn());
    }

    private static JsonObject revocation(SignedRevocation each) {
        return who(each.who()).put("bytes", text(each.bytes())).put("role", each.role().name()).put("about", text(each.about().bytes())).put("expires", each.expiresAt().getEpochSecond());
    }

    private static JsonObject certificate(Brought each) {
        return who(each.by()).put("bytes", text(each.certificate().encode()));
    }

    private static JsonObject proposal(Proposal each) {
        return who(each.who()).put("bytes", text(each.unsigned())).put("signatures", array(each.signatures(), LedgerCodec::given)).put("refused", each.refused());
    }

    private static JsonObject given(Given each) {
        return who(each.by()).put("signer", text(each.one().signer().bytes())).put("bytes", text(each.one().signature()));
    }

    /** @param change and version, which lie beside the bytes */
    static Ledger decode(long change, long version, byte[] bytes) {
        JsonObject json = bytes.length == 0 ? new JsonObject() : new JsonObject(Buffer.buffer(bytes));
        return Integer.valueOf(FORM).equals(json.getInteger("form")) ? decode(change, version, json) : new Ledger(change, version, Optional.empty(), List.of(), List.of(), Pending.NONE);
    }

    private static Ledger decode(long change, long version, JsonObject json) {
        Optional<SignedRoster> roster = Optional.ofNullable(json.getString("roster")).map(LedgerCodec::bytes).map(SignedRoster::of);
        Optional<Draft> draft = Optional.ofNullable(json.getJsonObject("draft")).map(facts -> Draft.of(bytes(facts), list(facts, "signatures", LedgerCodec::given)));
        Pending pending = new Pending(list(json, "certificates", facts -> new Brought(who(facts), Certificate.parse(bytes(facts)))),
            list(json, "proposals", facts -> Proposal.of(who(facts), bytes(facts), list(facts, "signatures", LedgerCodec::given), facts.getBoolean("refused"))), draft);
        return new Ledger(change, version, roster, list(json, "statements", facts -> Entry.of(who(facts), bytes(facts), facts.getBoolean("listed"), facts.getBoolean("withdrawn"))), list(json, "revocations", LedgerCodec::revocation), pending);
    }

    private static SignedRevocation revocation(JsonObject facts) {
        return new SignedRevocation(who(facts), Statement.Role.valueOf(facts.getString("role")), bytes(facts), hash(facts, "about"), Instant.ofEpochSecond(facts.getLong("expires")));
    }

    private static Given given(JsonObject facts) {
        return new Given(who(facts), new Signed.One(hash(facts, "signer"), bytes(facts)));
    }

    private static <T> JsonArray array(List<T> all, Function<T, JsonObject> each) {
        return new JsonArray(all.stream().map(each).toList());
    }

    private static <T> List<T> list(JsonObject from, String field, Function<JsonObject, T> each) {
        return from.getJsonArray(field).stream().map(JsonObject.class::cast).map(each).toList();
    }

    private static JsonObject who(StaffId who) {
        return new JsonObject().put("who", who.id().text());
    }

    private static StaffId who(JsonObject facts) {
        return new StaffId(new Id16(facts.getString("who")));
    }

    private static Hash hash(JsonObject facts, String field) {
        return new Hash(bytes(facts.getString(field)));
    }

    private static JsonObject bytes(byte[] bytes) {
        return new JsonObject().put("bytes", text(bytes));
    }

    private static byte[] bytes(JsonObject facts) {
        return bytes(facts.getString("bytes"));
    }

    private static byte[] bytes(String text) {
        return Base64Url.decode(text).orElseThrow();
    }

    private static String text(byte[] bytes) {
        return Base64Url.encode(bytes);
    }
}
