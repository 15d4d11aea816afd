package nl.naast.canon;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.List;

/**
 * The organisation root's word that a key belongs to a roster signer (docs/formats.md §2).
 *
 * @param key       uncompressed point, 65 bytes
 * @param notAfter  seconds since 1970
 * @param nameHash  SHA-256 of the signer's name: says that two certificates are one person's, not whose
 * @param signature of the root, DER
 */
public record Certificate(byte[] key, long notAfter, Hash nameHash, byte[] signature) {
    private static final String NAME = "naast/signer/v1\0";

    public static Certificate issue(PrivateKey root, byte[] key, long notAfter, String name) {
        Hash nameHash = Hash.of(name.getBytes(StandardCharsets.UTF_8));
        return new Certificate(key, notAfter, nameHash, P256.sign(root, unsigned(key, notAfter, nameHash)));
    }

    public static Certificate parse(byte[] bytes) {
        Reader in = new Reader(bytes);
        Certificate certificate = read(in);
        in.end();
        return certificate;
    }

    /** {@code u8} count and as many certificates: how signers tell which they have. */
    public static List<Certificate> parseList(byte[] bytes) {
        Reader in = new Reader(bytes);
        List<Certificate> certificates = in.list(in.u8(), () -> read(in));
        in.end();
        return certificates;
    }

    static Certificate read(Reader in) {
        in.name(NAME);
        return new Certificate(in.bytes(65), in.u64(), Hash.read(in), in.sized16());
    }

    public byte[] encode() {
        return new Writer().bytes(unsigned(key, notAfter, nameHash)).sized16(signature).done();
    }

    /** The signer's hash: of what the root signed, so without its signature. */
    public Hash hash() {
        return Hash.of(unsigned(key, notAfter, nameHash));
    }

    /** Whether this root signed it. */
    public boolean issuedBy(byte[] rootPoint) {
        return P256.verify(rootPoint, unsigned(key, notAfter, nameHash), signature);
    }

    private static byte[] unsigned(byte[] key, long notAfter, Hash nameHash) {
        return new Writer().text(NAME).bytes(key).u64(notAfter).bytes(nameHash.bytes()).done();
    }
}
