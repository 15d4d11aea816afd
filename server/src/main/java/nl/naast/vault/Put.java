package nl.naast.vault;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * Somebody's page writes an item, on the version it has seen, and lines behind those that are there.
 *
 * @param seen  0: there is none yet
 * @param write made by the page; the same again is the same put
 */
record Put(ItemName item, long seen, Id16 write, byte[] body, List<byte[]> lines) {
    /** What a put is on what lies there: to be written, written already, behind somebody else's, or more lines than an item may have. */
    enum On { WRITE, WRITTEN, OVERTAKEN, FULL }

    /** The largest number that every client can say exactly. */
    static final long MOST = (1L << 53) - 1;

    Put {
        lines = List.copyOf(lines);
    }

    /** Refused: malformed; too-large (body, a line, or too many of them). */
    static Outcome<Put> parse(JsonObject json, VaultRules rules) {
        Optional<ItemName> item = ItemName.parse(json.getValue("item"));
        Optional<Long> seen = number(json.getValue("seen"));
        Optional<Id16> write = id(json.getValue("write"));
        Optional<byte[]> body = bytes(json.getValue("body"));
        Optional<List<byte[]>> lines = lines(json.getValue("lines"));
        if (item.isEmpty() || seen.isEmpty() || write.isEmpty() || body.isEmpty() || lines.isEmpty() || !item.get().ofTalk() && !lines.get().isEmpty()) {
            return Outcome.refused(Problem.MALFORMED);
        }
        boolean large = body.get().length > rules.bodyBytes() || lines.get().size() > rules.lines() || lines.get().stream().anyMatch(line -> line.length > rules.lineBytes());
        return large ? Outcome.refused(Problem.TOO_LARGE) : Outcome.done(new Put(item.get(), seen.get(), write.get(), body.get(), lines.get()));
    }

    /** @return a whole number from 0 on */
    static Optional<Long> number(Object value) {
        return value instanceof Integer || value instanceof Long ? Optional.of(((Number) value).longValue()).filter(number -> number >= 0 && number <= MOST) : Optional.empty();
    }

    private static Optional<Id16> id(Object value) {
        return value instanceof String text ? Id16.parse(text) : Optional.empty();
    }

    private static Optional<byte[]> bytes(Object value) {
        return value instanceof String text ? Base64Url.decode(text) : Optional.empty();
    }

    /** Each has an id of its own; what is told apart by it is told apart by the page. */
    private static Optional<List<byte[]>> lines(Object value) {
        if (!(value instanceof JsonArray array)) {
            return Optional.empty();
        }
        List<byte[]> lines = new ArrayList<>();
        Set<Id16> ids = new HashSet<>();
        for (Object each : array) {
            if (!(each instanceof JsonObject line) || !line.fieldNames().equals(Set.of("line", "body")) || !id(line.getValue("line")).map(ids::add).orElse(false) || bytes(line.getValue("body")).isEmpty()) {
                return Optional.empty();
            }
            lines.add(bytes(line.getValue("body")).orElseThrow());
        }
        return Optional.of(lines);
    }

    On on(Optional<Item> there, VaultRules rules) {
        long version = there.map(Item::version).orElse(0L);
        if (version == seen) {
            return there.map(Item::lines).orElse(0L) + lines.size() > rules.itemLines() ? On.FULL : On.WRITE;
        }
        return version == seen + 1 && there.orElseThrow().write().equals(write) ? On.WRITTEN : On.OVERTAKEN;
    }

    private long lineBytes() {
        return lines.stream().mapToLong(line -> line.length).sum();
    }

    /** Whether all that she has is to be added up before. That means to read it, so it is done when an item is made, and each time that one has grown by a step. */
    boolean counts(Optional<Item> there, VaultRules rules) {
        long before = there.map(Item::bytes).orElse(0L);
        return there.isEmpty() || before / rules.stepBytes() < (before + lineBytes()) / rules.stepBytes();
    }

    /** @param hers all that she has now */
    boolean fits(List<Item> hers, VaultRules rules) {
        long before = hers.stream().mapToLong(each -> each.name().equals(item) ? each.bytes() : each.size()).sum();
        return before + lineBytes() + body.length <= rules.personBytes();
    }

    /** What lies there once it is carried out. @param tail whether the store keeps its lines in the item */
    Item over(Optional<Item> there, Instant now, VaultRules rules, boolean tail) {
        Optional<Instant> ends = item.ofTalk() ? Optional.of(now.plus(rules.talkKept()).truncatedTo(ChronoUnit.MINUTES)) : Optional.empty();
        return new Item(item, seen + 1, write, body, there.map(Item::lines).orElse(0L) + lines.size(), there.map(Item::bytes).orElse(0L) + lineBytes(), tail ? lines : List.of(), ends);
    }

    @Override
    public String toString() {
        return "Put[***]";
    }
}
