package nl.naast.platform;

import java.util.Optional;

/**
 * A random id of 16 bytes, as its 22 characters of base64url. Made by the client that writes, so that the write can be repeated.
 * Capabilities wrap it in a type of their own ({@code ConversationId(Id16)}).
 */
public record Id16(String text) {
    public static final int BYTES = 16;
    private static final int CHARACTERS = 22;

    public Id16 {
        if (!isId(text)) {
            throw new IllegalArgumentException("an id is 16 bytes in canonical base64url");
        }
    }

    /** @return the id, or empty when the text is not 16 bytes in canonical base64url */
    public static Optional<Id16> parse(String text) {
        return isId(text) ? Optional.of(new Id16(text)) : Optional.empty();
    }

    /** 16 bytes are 21 characters and a 22nd that holds two bits only. Asked several times for each message: so without decoding. */
    private static boolean isId(String text) {
        if (text.length() != CHARACTERS || "AQgw".indexOf(text.charAt(CHARACTERS - 1)) < 0) {
            return false;
        }
        for (int i = 0; i < CHARACTERS; i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** By hand: what the compiler makes for a record is several times as slow, and every message compares ids. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Id16 id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    public static Id16 random(RandomSource random) {
        return new Id16(Base64Url.encode(random.bytes(BYTES)));
    }

    public byte[] bytes() {
        return Base64Url.decode(text).orElseThrow();
    }
}
