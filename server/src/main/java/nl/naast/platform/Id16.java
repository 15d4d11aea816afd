package nl.naast.platform;

import java.util.Optional;

/**
 * A random id of 16 bytes, as its 22 characters of base64url. Made by the client that writes, so that the write can be repeated.
 * Capabilities wrap it in a type of their own ({@code ConversationId(Id16)}).
 */
public record Id16(String text) {
    public static final int BYTES = 16;

    public Id16 {
        if (Base64Url.decode(text).filter(bytes -> bytes.length == BYTES).isEmpty()) {
            throw new IllegalArgumentException("an id is 16 bytes in canonical base64url");
        }
    }

    /** @return the id, or empty when the text is not 16 bytes in canonical base64url */
    public static Optional<Id16> parse(String text) {
        return Base64Url.decode(text).filter(bytes -> bytes.length == BYTES).map(bytes -> new Id16(text));
    }

    public static Id16 random(RandomSource random) {
        return new Id16(Base64Url.encode(random.bytes(BYTES)));
    }

    public byte[] bytes() {
        return Base64Url.decode(text).orElseThrow();
    }
}
