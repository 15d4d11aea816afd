package nl.naast.trust;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.canon.Hash;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;
import nl.naast.trust.Ledgers.Revoked;
import nl.naast.trust.Ledgers.Step;

/**
 * A whole ledger as it is kept in one piece, and as bytes.
 *
 * @param revocations by the hash of the statement that each is about, as text
 */
record LedgerCodec(Optional<SignedRoster> roster, List<Entry> statements, List<Revocation> revocations) {
    static final LedgerCodec EMPTY = new LedgerCodec(Optional.empty(), List.of(), List.of());

    record Revocation(String about, SignedRevocation signed) {
    }

    Ledger ledger(long version) {
        return new Ledger(version, roster, statements, revocations.stream().map(Revocation::signed).toList());
    }

    /** Without what has expired. */
    LedgerCodec at(Instant now) {
        return new LedgerCodec(roster.filter(signed -> signed.validUntil().isAfter(now)), statements, revocations).withoutStatements(now).withoutRevocations(now);
    }

    /** Without those that have expired. */
    LedgerCodec withoutStatements(Instant now) {
        return new LedgerCodec(roster, statements.stream().filter(entry -> entry.notAfter().isAfter(now)).toList(), revocations);
    }

    /** Without those that have expired. */
    LedgerCodec withoutRevocations(Instant now) {
        return new LedgerCodec(roster, statements, revocations.stream().filter(each -> each.signed().expiresAt().isAfter(now)).toList());
    }

    /** How many statements and revocations there are. */
    int size() {
        return statements.size() + revocations.size();
    }

    LedgerCodec after(Step step) {
        List<Revocation> fresh = step.revocations().stream().map(revoked -> new Revocation(text(revoked.entry().hash()), revoked.revocation())).toList();
        List<String> about = fresh.stream().map(Revocation::about).toList();
        List<StaffId> gone = step.revocations().stream().map(Revoked::entry).map(Entry::who).toList();
        Stream<Entry> kept = statements.stream().filter(entry -> !(entry.withdrawn() && gone.contains(entry.who())) && step.added().filter(added -> added.who().equals(entry.who())).isEmpty());
        return new LedgerCodec(Optional.of(step.roster()), Stream.concat(kept, step.added().stream()).toList(), Stream.concat(revocations.stream().filter(each -> !about.contains(each.about())), fresh.stream()).toList());
    }

    LedgerCodec withdrawn(StaffId who) {
        return new LedgerCodec(roster, statements.stream().map(entry -> entry.who().equals(who) ? new Entry(who, entry.bytes(), entry.hash(), entry.notAfter(), true) : entry).toList(), revocations);
    }

    byte[] encode() {
        JsonArray people = new JsonArray();
        statements.forEach(entry -> people.add(bytes(entry.bytes()).put("who", entry.who().id().text()).put("withdrawn", entry.withdrawn())));
        JsonArray revoked = new JsonArray();
        revocations.forEach(each -> revoked.add(bytes(each.signed().bytes()).put("about", each.about()).put("expires", each.signed().expiresAt().getEpochSecond())));
        return new JsonObject().put("roster", roster.map(signed -> bytes(signed.bytes()).put("issued", signed.issuedAt().getEpochSecond()).put("until", signed.validUntil().getEpochSecond())).orElse(null))
            .put("statements", people).put("revocations", revoked).toBuffer().getBytes();
    }

    static LedgerCodec decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        Optional<SignedRoster> roster = Optional.ofNullable(json.getJsonObject("roster")).map(facts -> new SignedRoster(bytes(facts), second(facts, "issued"), second(facts, "until")));
        return new LedgerCodec(roster, json.getJsonArray("statements").stream().map(each -> entry((JsonObject) each)).toList(), json.getJsonArray("revocations").stream().map(each -> revocation((JsonObject) each)).toList());
    }

    private static Entry entry(JsonObject facts) {
        Statement statement = Statement.parse(Signed.parse(bytes(facts)).unsigned());
        return new Entry(new StaffId(new Id16(facts.getString("who"))), bytes(facts), statement.hash(), Instant.ofEpochSecond(statement.notAfter()), facts.getBoolean("withdrawn"));
    }

    private static Revocation revocation(JsonObject facts) {
        return new Revocation(facts.getString("about"), new SignedRevocation(bytes(facts), second(facts, "expires")));
    }

    private static Instant second(JsonObject facts, String field) {
        return Instant.ofEpochSecond(facts.getLong(field));
    }

    private static String text(Hash hash) {
        return Base64Url.encode(hash.bytes());
    }

    private static JsonObject bytes(byte[] bytes) {
        return new JsonObject().put("bytes", Base64Url.encode(bytes));
    }

    private static byte[] bytes(JsonObject facts) {
        return Base64Url.decode(facts.getString("bytes")).orElseThrow();
    }
}
