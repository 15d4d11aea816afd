package nl.naast.canon;

import java.util.List;

/**
 * The list of all valid statements (docs/formats.md §3); always within its limits, else {@link Malformed}. Times are seconds since 1970.
 *
 * @param version    from 1, growing
 * @param validUntil later than {@code issuedAt}, by 7 days at the most
 * @param signers    2 … 16, strictly ascending by hash
 * @param statements 0 … 500 statement hashes, strictly ascending
 */
public record Roster(long version, long issuedAt, long validUntil, List<Certificate> signers, List<Hash> statements) {
    public static final long LONGEST_SECONDS = 7 * 86_400;
    private static final String NAME = "naast/roster/v1\0";

    public Roster {
        Reader.check(version >= 1 && validUntil > issuedAt && validUntil - issuedAt <= LONGEST_SECONDS);
        Reader.check(signers.size() >= 2 && signers.size() <= 16 && Hash.ascending(signers.stream().map(Certificate::hash).toList()));
        Reader.check(statements.size() <= 500 && Hash.ascending(statements));
    }

    public static Roster parse(byte[] unsigned) {
        Reader in = new Reader(unsigned);
        in.name(NAME);
        Roster roster = new Roster(in.u64(), in.u64(), in.u64(),
            in.list(in.u8(), () -> Certificate.read(in)), in.list(in.u16(), () -> Hash.read(in)));
        in.end();
        return roster;
    }

    /** The bytes that signers sign. */
    public byte[] encode() {
        Writer out = new Writer().text(NAME).u64(version).u64(issuedAt).u64(validUntil).u8(signers.size());
        signers.forEach(signer -> out.bytes(signer.encode()));
        out.u16(statements.size());
        statements.forEach(hash -> out.bytes(hash.bytes()));
        return out.done();
    }
}
