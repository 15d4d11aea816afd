package nl.naast.report;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.canon.Hash;
import nl.naast.conversation.ConversationId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Wrap;

/** How reports are stored: of which conversation and to whom as tags, the rest sealed for its row. Id, version and day of expiry stand beside it in clear. */
record ReportSeal(Wrap wrap) {
    static final String TABLE = "report";
    /** All that a report can hold, with every answer, fits in one: so every row has the same size, and a stolen database does not tell how much was said, nor who has answered. */
    static final int SIZE = 65_536;

    byte[] conversation(ConversationId id) {
        return wrap.tag("report conversation", id.id().bytes());
    }

    byte[] coordinator(StaffId who) {
        return wrap.tag("report coordinator", who.id().bytes());
    }

    /** One of the places that a conversation's reports take: where a unique index counts them. */
    byte[] place(ConversationId id, int number) {
        return wrap.tag("report place", Buffer.buffer(id.id().bytes()).appendByte((byte) number).getBytes());
    }

    byte[] seal(Report report) {
        JsonArray boxes = new JsonArray();
        report.boxes().forEach(box -> boxes.add(json(box)));
        byte[] facts = new JsonObject().put("visitor", report.visitor().text()).put("conversation", report.conversation().id().text()).put("expires", report.expiresAt().getEpochSecond()).put("boxes", boxes).toBuffer().getBytes();
        // Blanks behind it are none of it.
        byte[] padded = Arrays.copyOf(facts, (facts.length + SIZE - 1) / SIZE * SIZE);
        Arrays.fill(padded, facts.length, padded.length, (byte) ' ');
        return wrap.seal(place(report.id(), report.version()), padded);
    }

    Report open(ReportId id, long version, byte[] sealed) {
        JsonObject facts = new JsonObject(new String(wrap.open(place(id, version), sealed), StandardCharsets.UTF_8).strip());
        List<Report.Box> boxes = facts.getJsonArray("boxes").stream().map(each -> box((JsonObject) each)).toList();
        return new Report(id, new TokenHash(facts.getString("visitor")), new ConversationId(new Id16(facts.getString("conversation"))), boxes, Instant.ofEpochSecond(facts.getLong("expires")), version);
    }

    /** Bound to the version too: who can write into the database cannot take an answer back by putting the older row there under the newer number. */
    private static String place(ReportId id, long version) {
        return TABLE + " " + id.id().text() + " " + version;
    }

    private static JsonObject json(Report.Box box) {
        JsonObject json = new JsonObject().put("who", box.who().id().text()).put("to", Base64Url.encode(box.to().bytes())).put("box", Base64Url.encode(box.box()));
        box.answer().ifPresent(answer -> json.put("statement", Base64Url.encode(answer.statement())).put("answer", Base64Url.encode(answer.box())));
        return json;
    }

    private static Report.Box box(JsonObject json) {
        Optional<Answer> answer = json.containsKey("answer") ? Optional.of(new Answer(bytes(json, "statement"), bytes(json, "answer"))) : Optional.empty();
        return new Report.Box(new StaffId(new Id16(json.getString("who"))), new Hash(bytes(json, "to")), bytes(json, "box"), answer);
    }

    private static byte[] bytes(JsonObject json, String field) {
        return Base64Url.decode(json.getString(field)).orElseThrow();
    }

    /** The day on which something expires, UTC, as days since 1970. */
    static long day(Instant expiresAt) {
        return LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay();
    }
}
