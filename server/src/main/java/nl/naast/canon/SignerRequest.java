package nl.naast.canon;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A coordinator's wish to become a roster signer (docs/formats.md §2): her key and her name, signed with that key. Always good, else {@link Malformed}.
 *
 * @param key       uncompressed point, 65 bytes
 * @param name      1 … 100 bytes, NFC, blanks only single and inside, nothing that shows nothing
 * @param signature by that key, DER: whoever asks has it
 */
public record SignerRequest(byte[] key, String name, byte[] signature) {
    private static final String NAME = "naast/signer-request/v1\0";
    private static final int LONGEST = 100;
    /** What shows nothing, or shows in another order than it is written: in a name it would let two different ones look the same. */
    private static final Pattern UNSEEN = Pattern.compile("[\\x00-\\x1f\\x7f-\\xa0\\xad\\u061c\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]");
    private static final Pattern BLANKS = Pattern.compile("^ | {2}| $");

    public SignerRequest {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        Reader.check(length >= 1 && length <= LONGEST && Normalizer.isNormalized(name, Normalizer.Form.NFC));
        Reader.check(!UNSEEN.matcher(name).find() && !BLANKS.matcher(name).find());
        Reader.check(P256.verify(key, unsigned(key, name), signature));
    }

    public static SignerRequest make(PrivateKey own, byte[] key, String name) {
        return new SignerRequest(key, name, P256.sign(own, unsigned(key, name)));
    }

    public static SignerRequest parse(byte[] bytes) {
        Reader in = new Reader(bytes);
        in.name(NAME);
        byte[] key = in.bytes(65);
        String name = Reader.text(in.sized16());
        byte[] signature = in.sized16();
        in.end();
        return new SignerRequest(key, name, signature);
    }

    public byte[] encode() {
        return new Writer().bytes(unsigned(key, name)).sized16(signature).done();
    }

    /** What the six words are of: everything but the signature. */
    public Hash hash() {
        return Hash.of(unsigned(key, name));
    }

    private static byte[] unsigned(byte[] key, String name) {
        return new Writer().text(NAME).bytes(key).sized16(name.getBytes(StandardCharsets.UTF_8)).done();
    }
}
