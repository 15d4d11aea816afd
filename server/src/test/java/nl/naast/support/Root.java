package nl.naast.support;

import java.security.KeyPair;
import nl.naast.canon.Certificate;
import nl.naast.canon.P256;

/** An organisation's root, as it lies offline. */
public final class Root {
    private final KeyPair key = P256.generate();

    public byte[] point() {
        return P256.point(key.getPublic());
    }

    /** Another name is another person to every client. @param notAfter seconds since 1970 */
    public Certificate certify(KeyPair signer, String name, long notAfter) {
        return Certificate.issue(key.getPrivate(), P256.point(signer.getPublic()), notAfter, name);
    }
}
