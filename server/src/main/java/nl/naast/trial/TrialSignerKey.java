package nl.naast.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import nl.naast.canon.Certificate;
import nl.naast.canon.P256;
import nl.naast.canon.Signed;

/** One trial signer: {@code signer-N.key} (PKCS#8) and {@code signer-N.cert} (docs/formats.md §2) in the trial directory. */
record TrialSignerKey(PrivateKey key, Certificate certificate) {
    static final int SIGNERS = 2;

    static Path keyFile(Path directory, int number) {
        return directory.resolve("signer-" + number + ".key");
    }

    static Path certificateFile(Path directory, int number) {
        return directory.resolve("signer-" + number + ".cert");
    }

    /** @throws IOException when a file is missing or damaged; run {@link TrialKeys} then */
    static TrialSignerKey load(Path directory, int number) throws IOException {
        return new TrialSignerKey(privateKey(keyFile(directory, number)), Certificate.parse(Files.readAllBytes(certificateFile(directory, number))));
    }

    static PrivateKey privateKey(Path file) throws IOException {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
        } catch (GeneralSecurityException e) {
            throw new IOException("not a private key: " + file);
        }
    }

    Signed.One sign(byte[] unsigned) {
        return new Signed.One(certificate.hash(), P256.sign(key, unsigned));
    }

    @Override
    public String toString() {
        return "TrialSignerKey[***]";
    }
}
