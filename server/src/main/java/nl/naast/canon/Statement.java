package nl.naast.canon;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What two roster signers say of one member of staff (docs/formats.md §1); always within its limits, else {@link Malformed}.
 *
 * @param id           16 bytes
 * @param alias        what a visitor sees; empty for a mailbox
 * @param languages    tags, strictly ascending
 * @param signatureKey uncompressed point: MLS leaf, and what she signs as staff
 * @param hpkeKey      uncompressed point: sealed boxes for her
 * @param kem          empty in version 1
 * @param notBefore    seconds since 1970
 * @param notAfter     later, by 90 days at the most
 */
public record Statement(byte[] id, Role role, String organisation, String alias, List<String> languages, byte[] signatureKey, byte[] hpkeKey, byte[] kem,
                        long notBefore, long notAfter) {
    public static final long LONGEST_SECONDS = 90 * 86_400;
    private static final String NAME = "naast/statement/v1\0";
    private static final Pattern TAG = Pattern.compile("[a-z0-9-]{2,35}");

    /** In the order of their numbers on the wire, from 1. */
    public enum Role { EXPERT, COORDINATOR, PROFESSIONAL, MAILBOX }

    public Statement {
        Reader.check(id.length == 16 && within(organisation, 1, 200) && (role == Role.MAILBOX ? alias.isEmpty() : within(alias, 1, 64)));
        Reader.check(languages.size() <= 32 && ascending(languages) && languages.stream().allMatch(tag -> TAG.matcher(tag).matches()));
        Reader.check(P256.isPoint(signatureKey) && P256.isPoint(hpkeKey) && kem.length == 0);
        Reader.check(notAfter > notBefore && notAfter - notBefore <= LONGEST_SECONDS);
    }

    public static Statement parse(byte[] unsigned) {
        Reader in = new Reader(unsigned);
        in.name(NAME);
        Statement statement = new Statement(in.bytes(16), role(in.u8()), Reader.text(in.sized16()), Reader.text(in.sized16()),
            in.list(in.u8(), () -> Reader.text(in.bytes(in.u8()))), in.bytes(65), in.bytes(65), in.sized16(), in.u64(), in.u64());
        in.end();
        return statement;
    }

    /** The bytes that signers sign. */
    public byte[] encode() {
        Writer out = new Writer().text(NAME).bytes(id).u8(role.ordinal() + 1).sized16(utf8(organisation)).sized16(utf8(alias)).u8(languages.size());
        languages.forEach(tag -> out.sized8(utf8(tag)));
        return out.bytes(signatureKey).bytes(hpkeKey).sized16(kem).u64(notBefore).u64(notAfter).done();
    }

    public Hash hash() {
        return Hash.of(encode());
    }

    private static Role role(int number) {
        Reader.check(number >= 1 && number <= Role.values().length);
        return Role.values()[number - 1];
    }

    private static boolean within(String text, int least, int most) {
        int length = utf8(text).length;
        return length >= least && length <= most;
    }

    private static boolean ascending(List<String> tags) {
        for (int i = 1; i < tags.size(); i++) {
            if (tags.get(i - 1).compareTo(tags.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
