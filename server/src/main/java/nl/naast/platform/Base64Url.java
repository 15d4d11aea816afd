package nl.naast.platform;

import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648 §5), canonical only: one text for each byte string. */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Base64Url() {
    }

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** @return the bytes, or empty when the text is padded, has a foreign character or trailing bits that are not zero */
    public static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = DECODER.decode(text);
            return canonical(text, bytes.length) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The decoder has refused foreign characters; padding makes the text longer, and the last character of one and of two bytes beyond a multiple of three has bits that hold nothing. */
    private static boolean canonical(String text, int bytes) {
        int length = (bytes * 4 + 2) / 3;
        String last = switch (bytes % 3) {
            case 1 -> "AQgw";
            case 2 -> "AEIMQUYcgkosw048";
            default -> "";
        };
        return text.length() == length && (last.isEmpty() || last.indexOf(text.charAt(length - 1)) >= 0);
    }
}
