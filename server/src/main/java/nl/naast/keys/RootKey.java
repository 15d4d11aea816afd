package nl.naast.keys;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.P256;
import nl.naast.canon.SignerRequest;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The organisation root, opened. On disk its private half is encrypted PKCS#8 in PEM: PBES2, scrypt (N = 2^17, r = 8, p = 1), AES-256-CBC: standards only, should this program be gone.
 *
 * @param point the public half, 65 bytes
 */
record RootKey(PrivateKey key, byte[] point) {
    static final int COST = 1 << 17;
    private static final String PEM = "ENCRYPTED PRIVATE KEY";
    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final byte[] PROBE = "naast root probe".getBytes(StandardCharsets.US_ASCII);
    private static final String ENROLMENT = "naast/enrolment/v1\0";

    static RootKey make() {
        KeyPair pair = P256.generate();
        return new RootKey(pair.getPrivate(), P256.point(pair.getPublic()));
    }

    /** @param cost scrypt's N: {@link #COST}, and less only in tests */
    byte[] seal(char[] passphrase, int cost) {
        try {
            ScryptConfig scrypt = new ScryptConfig.Builder(cost, 8, 1).withSaltLength(32).build();
            OutputEncryptor encryptor = new JcePKCSPBEOutputEncryptorBuilder(scrypt, NISTObjectIdentifiers.id_aes256_CBC).setProvider(PROVIDER).build(passphrase);
            StringWriter out = new StringWriter();
            try (PemWriter pem = new PemWriter(out)) {
                pem.writeObject(new PemObject(PEM, new PKCS8EncryptedPrivateKeyInfoBuilder(PrivateKeyInfo.getInstance(key.getEncoded())).build(encryptor).getEncoded()));
            }
            return out.toString().getBytes(StandardCharsets.US_ASCII);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java cannot encrypt a key", e);
        }
    }

    /** @return the root, or empty when the passphrase is wrong, or the file no longer what was written, or not the private half of this point */
    static Optional<RootKey> open(byte[] file, byte[] point, char[] passphrase) {
        try (PemReader pem = new PemReader(new StringReader(new String(file, StandardCharsets.US_ASCII)))) {
            PrivateKeyInfo info = new PKCS8EncryptedPrivateKeyInfo(pem.readPemObject().getContent())
                .decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder().setProvider(PROVIDER).build(passphrase));
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            return P256.verify(point, PROBE, P256.sign(key, PROBE)) ? Optional.of(new RootKey(key, point)) : Optional.empty();
        } catch (PKCSException | IOException | GeneralSecurityException | RuntimeException unreadable) {
            // A wrong passphrase gives bytes of chance, which fail at any of these places.
            return Optional.empty();
        }
    }

    Certificate certify(SignerRequest request, long notAfter) {
        return Certificate.issue(key, request.key(), notAfter, request.name());
    }

    /** The root's own mark on a request whose words were compared: a file laid beside them by somebody else has none. */
    byte[] enrol(SignerRequest request) {
        return P256.sign(key, enrolment(request));
    }

    static boolean enrolled(byte[] point, SignerRequest request, byte[] signature) {
        return P256.verify(point, enrolment(request), signature);
    }

    private static byte[] enrolment(SignerRequest request) {
        byte[] name = ENROLMENT.getBytes(StandardCharsets.US_ASCII);
        byte[] hash = request.hash().bytes();
        byte[] all = Arrays.copyOf(name, name.length + hash.length);
        System.arraycopy(hash, 0, all, name.length, hash.length);
        return all;
    }

    static Hash hash(byte[] point) {
        return Hash.of(point);
    }

    @Override
    public String toString() {
        return "RootKey[***]";
    }
}
