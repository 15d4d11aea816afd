package nl.naast.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.naast.canon.Certificate;
import nl.naast.canon.Malformed;
import nl.naast.canon.P256;
import nl.naast.canon.SignerRequest;
import nl.naast.platform.Base64Url;
import nl.naast.platform.OwnerFiles;

/** Where the root lies: its two halves, who is enrolled, which certificates were made. Every file 0600 in 0700, and none is ever written over. */
final class KeyFolder {
    private static final Pattern ENROLLED = Pattern.compile("([1-9]\\d?)\\.enrolled");
    private static final Pattern CERTIFICATE = Pattern.compile("([1-9]\\d?)-until-.*\\.certificate");
    private static final Pattern REPLACED = Pattern.compile("([1-9]\\d?)\\.replaced-.*");

    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    KeyFolder within(String name) {
        return new KeyFolder(folder.resolve(name));
    }

    void make() throws IOException {
        OwnerFiles.directory(folder);
    }

    boolean isThere() {
        return Files.exists(folder);
    }

    boolean hasRoot() {
        return Files.exists(folder.resolve("root.key")) || Files.exists(folder.resolve("root.pub"));
    }

    byte[] sealedRoot() throws IOException {
        return Files.readAllBytes(folder.resolve("root.key"));
    }

    /** The public half. */
    byte[] point() throws IOException {
        if (!Files.exists(folder.resolve("root.pub"))) {
            throw new Refused("There is no root in " + folder + ": ./naast keys init makes one.");
        }
        return Base64Url.decode(Files.readString(folder.resolve("root.pub")).strip()).filter(P256::isPoint)
            .orElseThrow(() -> new Refused("root.pub in " + folder + " is no public key."));
    }

    void writeRoot(byte[] sealed, byte[] point) throws IOException {
        write("root.key", sealed);
        write("root.pub", line(point));
    }

    /** In the order of their numbers, each with the root's own mark. */
    List<Enrolled> enrolled() throws IOException {
        byte[] point = point();
        List<Enrolled> all = new ArrayList<>();
        for (Path file : files(ENROLLED)) {
            Enrolled one = enrolled(file);
            if (!one.by(point)) {
                throw new Refused(file.getFileName() + " was not enrolled by this root: somebody else laid it here, or it was changed.");
            }
            all.add(one);
        }
        return all;
    }

    private static Enrolled enrolled(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        try {
            return new Enrolled(number(ENROLLED, file), SignerRequest.parse(bytes(lines.getFirst())), bytes(lines.get(1)));
        } catch (Malformed | IndexOutOfBoundsException | NoSuchElementException damaged) {
            throw new Refused(file.getFileName() + " is damaged.");
        }
    }

    void write(Enrolled one) throws IOException {
        write(one.number() + ".enrolled", (Base64Url.encode(one.request().encode()) + "\n" + Base64Url.encode(one.signature()) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** An enrolment that another takes the place of is kept under another name. */
    void retire(Enrolled one, String when) throws IOException {
        Path from = folder.resolve(one.number() + ".enrolled");
        Path to = folder.resolve(one.number() + ".replaced-" + when);
        if (Files.exists(to)) {
            throw new Refused(to.getFileName() + " is there already: only once a day.");
        }
        Files.move(from, to);
    }

    List<Issued> issued() throws IOException {
        List<Issued> all = new ArrayList<>();
        for (Path file : files(CERTIFICATE)) {
            try {
                all.add(new Issued(number(CERTIFICATE, file), file.getFileName().toString(), Certificate.parse(bytes(Files.readString(file).strip()))));
            } catch (Malformed | NoSuchElementException damaged) {
                throw new Refused(file.getFileName() + " is damaged.");
            }
        }
        return all;
    }

    /** @return the file's name, and whether it was made; a certificate for the same key that ends on the same day stays as it is, one for an earlier key of hers stays beside it */
    Written write(int number, Certificate certificate) throws IOException {
        for (int again = 1; ; again++) {
            Path file = folder.resolve(Issued.name(number, certificate, again));
            try {
                OwnerFiles.writeNew(file, line(certificate.encode()));
                return new Written(file.getFileName().toString(), true);
            } catch (FileAlreadyExistsException there) {
                if (Arrays.equals(Certificate.parse(bytes(Files.readString(file).strip())).key(), certificate.key())) {
                    return new Written(file.getFileName().toString(), false);
                }
            }
        }
    }

    record Written(String name, boolean made) {
    }

    /** A number that nobody ever had: not of those who are enrolled, nor of whoever left a certificate or an earlier enrolment. */
    int nextNumber() throws IOException {
        int highest = 0;
        for (Pattern name : List.of(ENROLLED, CERTIFICATE, REPLACED)) {
            for (Path file : files(name)) {
                highest = Math.max(highest, number(name, file));
            }
        }
        return highest + 1;
    }

    /** Everything but other folders; root.pub last, so that it says how far it came where this was cut short (docs/key-ceremony.md). */
    void moveAll(KeyFolder to) throws IOException {
        to.make();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted(Comparator.comparing(each -> each.endsWith("root.pub"))).toList()) {
                Files.move(file, to.folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    void removeEmpty() throws IOException {
        Files.delete(folder);
    }

    private void write(String name, byte[] bytes) throws IOException {
        try {
            OwnerFiles.writeNew(folder.resolve(name), bytes);
        } catch (FileAlreadyExistsException there) {
            throw new Refused(folder.resolve(name) + " is there already, and stays as it is.");
        }
    }

    private List<Path> files(Pattern name) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> name.matcher(file.getFileName().toString()).matches()).sorted(Comparator.<Path>comparingInt(file -> number(name, file)).thenComparing(Path::getFileName)).toList();
        }
    }

    private static int number(Pattern name, Path file) {
        Matcher found = name.matcher(file.getFileName().toString());
        return found.matches() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static byte[] bytes(String line) {
        return Base64Url.decode(line).orElseThrow();
    }

    private static byte[] line(byte[] bytes) {
        return (Base64Url.encode(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
