package nl.naast.keys;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nl.naast.canon.Certificate;
import nl.naast.canon.Malformed;
import nl.naast.canon.P256;
import nl.naast.canon.SignerRequest;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.RandomSource;

/** The five commands, each carried out whole or {@link Refused} with nothing changed. */
final class Ceremony {
    static final int LONGEST_DAYS = 730;
    /** As many as a roster has room for. */
    private static final int MOST = 16;
    private static final int SHORTEST_PASSPHRASE = 16;
    private static final long LARGEST_REQUEST = 4_096;

    private final KeyFolder folder;
    private final Asking asking;
    private final Clock clock;
    private final SixWords words;
    private final int cost;

    /** @param cost scrypt's N: {@link RootKey#COST}, and less only in tests */
    Ceremony(KeyFolder folder, Asking asking, Clock clock, SixWords words, int cost) {
        this.folder = folder;
        this.asking = asking;
        this.clock = clock;
        this.words = words;
        this.cost = cost;
    }

    /** Makes the root. */
    void init() throws IOException {
        if (folder.hasRoot()) {
            throw new Refused("There is a root in " + folder.path() + " already, and it stays as it is. ./naast keys rotate puts a new one in its place.");
        }
        char[] passphrase = newPassphrase();
        folder.make();
        writeRoot(folder, RootKey.make(), passphrase);
        asking.say("Made: root.key (encrypted; keep this folder away from every server and every network) and root.pub (public; what the pages are built with).");
        asking.say("The root's six words: " + words.of(RootKey.hash(folder.point())));
    }

    /** Takes somebody in, once her six words were heard and typed. */
    void enroll(Path file, boolean replace) throws IOException {
        SignerRequest request = request(file);
        List<Enrolled> all = folder.enrolled();
        Optional<Enrolled> before = before(all, request, replace);
        if (before.isEmpty() && all.size() >= MOST) {
            throw new Refused("Sixteen are enrolled already: a roster has room for no more.");
        }
        asking.say("The request is in the name of: " + request.name());
        asking.say("Let her read to you, by voice or face to face, the six words that her own screen shows. Never take them from a message.");
        if (!words.match(asking.line("Her six words:"), request.hash())) {
            throw new Refused("These are not the words of this request. Either they were heard or typed wrongly, or the file is not hers. Nothing was changed.");
        }
        RootKey root = open(folder);
        int number = before.isPresent() ? before.get().number() : folder.nextNumber();
        if (before.isPresent()) {
            folder.retire(before.get(), today().toString());
        }
        folder.write(new Enrolled(number, request, root.enrol(request)));
        asking.say("Enrolled as number " + number + ": " + request.name() + ". ./naast keys certify makes her certificate.");
    }

    /** Certifies everybody who is enrolled: two at the least, for one alone can sign nothing. */
    void certify(int days) throws IOException {
        checkDays(days);
        List<Enrolled> all = folder.enrolled();
        checkTwo(all);
        certifyAll(folder, all, open(folder), days);
    }

    /** A new root, and everybody's certificate by it. */
    void rotate(int days) throws IOException {
        checkDays(days);
        KeyFolder next = folder.within("next");
        KeyFolder old = folder.within("before-" + today());
        if (next.isThere() || old.isThere()) {
            throw new Refused((next.isThere() ? next : old).path() + " is there already: a rotation did not come to its end, or there was one today. See docs/key-ceremony.md.");
        }
        List<Enrolled> all = folder.enrolled();
        checkTwo(all);
        asking.say("First the passphrase of the root that ends, then one for the new root.");
        open(folder);
        char[] passphrase = newPassphrase();
        RootKey root = RootKey.make();
        next.make();
        writeRoot(next, root, passphrase);
        for (Enrolled one : all) {
            next.write(new Enrolled(one.number(), one.request(), root.enrol(one.request())));
        }
        certifyAll(next, all, root, days);
        folder.moveAll(old);
        next.moveAll(folder);
        next.removeEmpty();
        asking.say("The old root and its certificates lie in " + old.path() + ". Destroy them once the pages that carry the new root are in use.");
        asking.say("The new root's six words: " + words.of(RootKey.hash(root.point())));
    }

    /** Who, until when; asks for no passphrase. */
    void show() throws IOException {
        byte[] point = folder.point();
        asking.say("Root: " + words.of(RootKey.hash(point)));
        List<Issued> issued = folder.issued();
        for (Enrolled one : folder.enrolled()) {
            asking.say(one.number() + "  " + one.request().name() + "  (" + words.of(one.request().hash()) + ")");
            List<Issued> hers = issued.stream().filter(each -> each.number() == one.number()).toList();
            hers.forEach(each -> asking.say("   " + each.file() + ": " + state(each, one, point)));
            if (hers.isEmpty()) {
                asking.say("   no certificate");
            }
        }
    }

    private String state(Issued issued, Enrolled one, byte[] point) {
        if (!issued.certificate().issuedBy(point)) {
            return "NOT of this root";
        }
        if (!Arrays.equals(issued.certificate().key(), one.request().key())) {
            return "of an earlier key of hers";
        }
        return issued.ended(clock.now()) ? "ended" : "good";
    }

    private void certifyAll(KeyFolder where, List<Enrolled> all, RootKey root, int days) throws IOException {
        long notAfter = clock.now().plus(Duration.ofDays(days)).getEpochSecond();
        for (Enrolled one : all) {
            Certificate certificate = root.certify(one.request(), notAfter);
            KeyFolder.Written written = where.write(one.number(), certificate);
            asking.say(written.name() + (written.made() ? ": made" : ": is there already, and stays") + ", for " + one.request().name() + " (" + words.of(one.request().hash()) + ")");
        }
    }

    private SignerRequest request(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_REQUEST) {
            throw new Refused("There is no request in " + file + ".");
        }
        try {
            return SignerRequest.parse(Base64Url.decode(Files.readString(file).strip()).orElse(new byte[0]));
        } catch (Malformed | CharacterCodingException changed) {
            throw new Refused("What lies in " + file + " is no request, or was changed on its way.");
        }
    }

    /** Whose place she takes: nobody's, or with {@code replace} that of her earlier key. */
    private static Optional<Enrolled> before(List<Enrolled> all, SignerRequest request, boolean replace) {
        Optional<Enrolled> sameKey = all.stream().filter(one -> Arrays.equals(one.request().key(), request.key())).findFirst();
        if (sameKey.isPresent()) {
            throw new Refused("This key is enrolled already, as number " + sameKey.get().number() + ".");
        }
        Optional<Enrolled> sameName = all.stream().filter(one -> one.isCalled(request.name())).findFirst();
        if (sameName.isPresent() && !replace) {
            throw new Refused("Somebody of this name is enrolled already, as number " + sameName.get().number() + ". If it is she, with a new key: once more with --replace. If it is somebody else, she asks anew under a name that tells them apart.");
        }
        if (sameName.isEmpty() && replace) {
            throw new Refused("Nobody of this name is enrolled: nobody to replace.");
        }
        return sameName;
    }

    private static void checkTwo(List<Enrolled> all) {
        if (all.size() < 2) {
            throw new Refused("Two at the least are certified together, for one alone can sign nothing; enrolled: " + all.size() + ".");
        }
    }

    private static void checkDays(int days) {
        if (days < 1 || days > LONGEST_DAYS) {
            throw new Refused("A certificate is good for 1 to " + LONGEST_DAYS + " days.");
        }
    }

    private void writeRoot(KeyFolder where, RootKey root, char[] passphrase) throws IOException {
        where.writeRoot(root.seal(passphrase, cost), root.point());
        // Read back: what cannot be opened now will never be.
        if (RootKey.open(where.sealedRoot(), where.point(), passphrase).isEmpty()) {
            throw new IllegalStateException("the root that was written does not open again");
        }
        Arrays.fill(passphrase, ' ');
    }

    private RootKey open(KeyFolder where) throws IOException {
        char[] passphrase = normal(asking.secret("Passphrase of the root:"));
        Optional<RootKey> root = RootKey.open(where.sealedRoot(), where.point(), passphrase);
        Arrays.fill(passphrase, ' ');
        return root.orElseThrow(() -> new Refused("The root does not open: a wrong passphrase, or root.key and root.pub are not what was written. Nothing was changed."));
    }

    private char[] newPassphrase() {
        asking.say("A passphrase for the root, of " + SHORTEST_PASSPHRASE + " characters at the least. Drawn by chance just now, if you want it: " + words.drawn(RandomSource.system()));
        char[] once = normal(asking.secret("New passphrase:"));
        char[] again = normal(asking.secret("Once more:"));
        boolean same = Arrays.equals(once, again);
        Arrays.fill(again, ' ');
        if (once.length < SHORTEST_PASSPHRASE) {
            throw new Refused("That passphrase is too short. Nothing was changed.");
        }
        if (!same) {
            throw new Refused("The two passphrases differ. Nothing was changed.");
        }
        return once;
    }

    /** The same letters typed on another machine are the same passphrase. */
    private static char[] normal(char[] typed) {
        return Normalizer.normalize(new String(typed), Normalizer.Form.NFC).toCharArray();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    }
}
