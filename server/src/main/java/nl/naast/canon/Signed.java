package nl.naast.canon;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A canonical form with the signatures on it (docs/formats.md §1): {@code u32} length, the form, at most eight signatures. */
public record Signed(byte[] unsigned, List<One> signatures) {
    private static final int MOST = 8;

    /** One signature in DER, by the signer whose certificate has this hash. */
    public record One(Hash signer, byte[] signature) {
    }

    public Signed {
        Reader.check(signatures.size() <= MOST);
    }

    public static Signed parse(byte[] bytes) {
        Reader in = new Reader(bytes);
        byte[] unsigned = in.sized32();
        int count = in.u8();
        Reader.check(count <= MOST);
        Signed signed = new Signed(unsigned, in.list(count, () -> new One(Hash.read(in), in.sized16())));
        in.end();
        return signed;
    }

    public byte[] encode() {
        Writer out = new Writer().u32(unsigned.length).bytes(unsigned).u8(signatures.size());
        signatures.forEach(one -> out.bytes(one.signer().bytes()).sized16(one.signature()));
        return out.done();
    }

    /** Whether two different people signed: at least two signatures, every one good, no signer, key or name twice. */
    public boolean byTwoOf(Collection<Certificate> signers) {
        List<Certificate> people = signatures.stream().map(one -> find(signers, one.signer())).flatMap(Optional::stream).toList();
        return signatures.size() >= 2 && people.size() == signatures.size()
            && different(people.stream().map(Certificate::hash).toList())
            && different(people.stream().map(Certificate::nameHash).toList())
            && different(people.stream().map(who -> Arrays.toString(who.key())).toList())
            && allGood(people);
    }

    private static Optional<Certificate> find(Collection<Certificate> signers, Hash hash) {
        return signers.stream().filter(signer -> signer.hash().equals(hash)).findFirst();
    }

    private static boolean different(List<?> values) {
        return new HashSet<>(values).size() == values.size();
    }

    private boolean allGood(List<Certificate> people) {
        for (int i = 0; i < people.size(); i++) {
            if (!P256.verify(people.get(i).key(), unsigned, signatures.get(i).signature())) {
                return false;
            }
        }
        return true;
    }
}
