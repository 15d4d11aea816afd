package nl.naast.trial;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import nl.naast.canon.Certificate;
import nl.naast.canon.Malformed;
import nl.naast.canon.P256;
import nl.naast.platform.OwnerFiles;

/**
 * Makes the trial keys of one checkout: {@code TrialKeys <directory>}. Idempotent: what is there and fits together stays, and so does the page that was built with its root. A root
 * that does not fit is made anew (the page must then be built again), a signer too whose certificate has less than a statement's life left.
 *
 * <p>Writes {@code root.key}, {@code root.pub} (one line: base64url without padding of the 65-byte point), {@code signer-1.key}, {@code signer-1.cert} and the same for 2; 0600 in a directory of 0700.
 * The root certifies the signers here; the signing process never reads its private half.
 */
public final class TrialKeys {
    private static final Duration CERTIFIED_FOR = Duration.ofDays(730);
    private static final Duration LEAST_LEFT = Duration.ofDays(100);

    private final Path directory;
    private final Instant now;

    private TrialKeys(Path directory, Instant now) {
        this.directory = directory;
        this.now = now;
    }

    /** Two runs at once wait for each other. */
    public static void ensure(Path directory, Instant now) throws IOException {
        OwnerFiles.directory(directory);
        try (FileChannel channel = OwnerFiles.open(directory.resolve("lock"), StandardOpenOption.CREATE); var _ = channel.lock()) {
            new TrialKeys(directory, now).ensureAll();
        }
    }

    private void ensureAll() throws IOException {
        if (!rootFits()) {
            makeRoot();
        }
        for (int number = 1; number <= TrialSignerKey.SIGNERS; number++) {
            if (!signerFits(number)) {
                makeSigner(number);
            }
        }
    }

    private boolean rootFits() throws IOException {
        try {
            byte[] probe = "naast trial probe".getBytes(StandardCharsets.US_ASCII);
            return P256.verify(rootPoint(), probe, P256.sign(rootKey(), probe));
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    private void makeRoot() throws IOException {
        KeyPair root = P256.generate();
        OwnerFiles.write(directory.resolve("root.key"), root.getPrivate().getEncoded());
        String line = Base64.getUrlEncoder().withoutPadding().encodeToString(P256.point(root.getPublic())) + "\n";
        OwnerFiles.write(directory.resolve("root.pub"), line.getBytes(StandardCharsets.US_ASCII));
    }

    private boolean signerFits(int number) throws IOException {
        try {
            TrialSignerKey signer = TrialSignerKey.load(directory, number);
            Certificate certificate = signer.certificate();
            byte[] own = certificate.hash().bytes();
            return certificate.issuedBy(rootPoint()) && certificate.notAfter() > now.plus(LEAST_LEFT).getEpochSecond()
                && P256.verify(certificate.key(), own, P256.sign(signer.key(), own));
        } catch (NoSuchFileException | Malformed unfit) {
            return false;
        }
    }

    private void makeSigner(int number) throws IOException {
        KeyPair pair = P256.generate();
        long notAfter = now.plus(CERTIFIED_FOR).getEpochSecond();
        Certificate certificate = Certificate.issue(rootKey(), P256.point(pair.getPublic()), notAfter, "trial signer " + number);
        OwnerFiles.write(TrialSignerKey.keyFile(directory, number), pair.getPrivate().getEncoded());
        OwnerFiles.write(TrialSignerKey.certificateFile(directory, number), certificate.encode());
    }

    private PrivateKey rootKey() throws IOException {
        return TrialSignerKey.privateKey(directory.resolve("root.key"));
    }

    private byte[] rootPoint() throws IOException {
        try {
            return Base64.getUrlDecoder().decode(Files.readString(directory.resolve("root.pub")).strip());
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    public static void main(String... arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: TrialKeys <directory>");
            System.exit(2);
        }
        ensure(Path.of(arguments[0]), Instant.now());
    }
}
