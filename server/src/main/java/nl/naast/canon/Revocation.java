package nl.naast.canon;

/**
 * One roster signer's word that a statement no longer holds (docs/formats.md §4).
 *
 * @param what      whose, which and when: the 76 bytes that are signed
 * @param signer    hash of the signer's certificate
 * @param signature DER
 */
public record Revocation(Unsigned what, Hash signer, byte[] signature) {
    private static final String NAME = "naast/revocation/v1\0";

    /**
     * What a signer signs.
     *
     * @param id   of the statement, 16 bytes
     * @param time seconds since 1970
     */
    public record Unsigned(byte[] id, Hash statement, long time) {
        public Unsigned {
            Reader.check(id.length == 16);
        }

        public static Unsigned parse(byte[] bytes) {
            Reader in = new Reader(bytes);
            Unsigned unsigned = read(in);
            in.end();
            return unsigned;
        }

        static Unsigned read(Reader in) {
            in.name(NAME);
            return new Unsigned(in.bytes(16), Hash.read(in), in.u64());
        }

        public byte[] encode() {
            return new Writer().text(NAME).bytes(id).bytes(statement.bytes()).u64(time).done();
        }
    }

    public static Revocation parse(byte[] bytes) {
        Reader in = new Reader(bytes);
        Revocation revocation = new Revocation(Unsigned.read(in), Hash.read(in), in.sized16());
        in.end();
        return revocation;
    }

    public byte[] encode() {
        return new Writer().bytes(what.encode()).bytes(signer.bytes()).sized16(signature).done();
    }
}
