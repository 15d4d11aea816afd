package nl.naast.keys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.naast.canon.Certificate;
import nl.naast.canon.P256;
import nl.naast.canon.Signed;
import nl.naast.canon.SignerRequest;
import nl.naast.house.MovableClock;
import nl.naast.platform.Base64Url;
import nl.naast.words.Words;

/** A table at which a ceremony is held: a folder, a keyboard, a clock, and coordinators who brought requests. */
final class Table {
    static final String PASSPHRASE = "zaag boom wolk lamp tafel anker stoel";
    static final String WRONG = "zaag boom wolk lamp tafel anker kussen";
    /** scrypt's N in tests but one: the passphrase is not what they are about. */
    private static final int CHEAP = 1 << 4;

    final MovableClock clock = new MovableClock();
    final Typist typist = new Typist();
    final Path home;
    final Path folder;

    Table(Path home) {
        this.home = home;
        this.folder = home.resolve("keys");
    }

    /** Somebody with a key in her own browser's vault. */
    record Coordinator(KeyPair pair, SignerRequest request) {
        static Coordinator called(String name) {
            KeyPair pair = P256.generate();
            return new Coordinator(pair, SignerRequest.make(pair.getPrivate(), P256.point(pair.getPublic()), name));
        }

        String words() {
            return String.join(" ", Words.of(Words.Language.NL).six(request.hash()));
        }

        Signed.One sign(Certificate certificate, byte[] unsigned) {
            return new Signed.One(certificate.hash(), P256.sign(pair.getPrivate(), unsigned));
        }
    }

    int run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--dir", folder.toString()));
        return new Keys(typist, clock, CHEAP).run(all.toArray(String[]::new));
    }

    void init() throws IOException {
        typist.will(PASSPHRASE, PASSPHRASE);
        assertTrue(run("init") == 0, typist::last);
    }

    Path bring(Coordinator who) throws IOException {
        Path file = home.resolve(who.request().hash().toString() + ".request");
        return Files.writeString(file, Base64Url.encode(who.request().encode()) + "\n");
    }

    /** Her request is brought, her words are typed. */
    Coordinator enrol(String name) throws IOException {
        Coordinator who = Coordinator.called(name);
        typist.will(who.words(), PASSPHRASE);
        assertTrue(run("enroll", bring(who).toString()) == 0, typist::last);
        return who;
    }

    void certify(String... more) throws IOException {
        typist.will(PASSPHRASE);
        List<String> all = new ArrayList<>(List.of("certify"));
        all.addAll(List.of(more));
        assertTrue(run(all.toArray(String[]::new)) == 0, typist::last);
    }

    byte[] point() throws IOException {
        return Base64Url.decode(Files.readString(folder.resolve("root.pub")).strip()).orElseThrow();
    }

    /** The certificates in the folder, in the order of their names. */
    List<Certificate> certificates() throws IOException {
        return contents().keySet().stream().filter(name -> name.endsWith(".certificate")).map(this::certificate).toList();
    }

    private Certificate certificate(String name) {
        try {
            return Certificate.parse(Base64Url.decode(Files.readString(folder.resolve(name)).strip()).orElseThrow());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All files of the folder itself. */
    Map<String, String> contents() throws IOException {
        return contents(folder);
    }

    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> out = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return out;
    }
}
