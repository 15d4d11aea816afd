package nl.naast.vault;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Wrap;

/** How vaults are stored: whose and which as tags, the rest sealed for its place. Version and day of expiry stand beside it in clear. */
record VaultSeal(Wrap wrap) {
    static final String ITEM = "vault_item";
    static final String LINE = "vault_line";

    byte[] person(StaffId who) {
        return wrap.tag("vault person", who.id().bytes());
    }

    byte[] item(StaffId who, ItemName name) {
        return wrap.tag("vault item", join(who, name.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** One of the places that a person's items take: where a unique index counts them. */
    byte[] place(StaffId who, int number) {
        return wrap.tag("vault place", join(who, new byte[] {(byte) number}));
    }

    private static byte[] join(StaffId who, byte[] more) {
        return Buffer.buffer(who.id().bytes()).appendBytes(more).getBytes();
    }

    /** @param row what names it in its table */
    byte[] seal(String row, Item item) {
        JsonObject facts = new JsonObject().put("item", item.name().text()).put("write", item.write().text()).put("lines", item.lines()).put("bytes", item.bytes()).put("ends", item.expiresAt().map(Instant::getEpochSecond).orElse(null))
            .put("tail", new JsonArray(item.tail().stream().map(Base64Url::encode).toList())).put("body", Base64Url.encode(item.body()));
        return wrap.seal(ITEM + " " + row, facts.toBuffer().getBytes());
    }

    Item open(String row, long version, byte[] sealed) {
        JsonObject facts = new JsonObject(Buffer.buffer(wrap.open(ITEM + " " + row, sealed)));
        List<byte[]> tail = facts.getJsonArray("tail").stream().map(text -> bytes((String) text)).toList();
        return new Item(new ItemName(facts.getString("item")), version, new Id16(facts.getString("write")), bytes(facts.getString("body")), facts.getLong("lines"), facts.getLong("bytes", 0L), tail,
            Optional.ofNullable(facts.getLong("ends")).map(Instant::ofEpochSecond));
    }

    byte[] sealLine(String row, long number, byte[] line) {
        return wrap.seal(LINE + " " + row + " " + number, line);
    }

    byte[] openLine(String row, long number, byte[] sealed) {
        return wrap.open(LINE + " " + row + " " + number, sealed);
    }

    private static byte[] bytes(String text) {
        return Base64Url.decode(text).orElseThrow();
    }

    /** The day on which something expires, UTC, as days since 1970. */
    static long day(Instant expiresAt) {
        return LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay();
    }
}
