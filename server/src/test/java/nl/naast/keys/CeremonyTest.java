package nl.naast.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nl.naast.canon.Certificate;
import nl.naast.canon.P256;
import nl.naast.canon.ProofCheck;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.keys.Table.Coordinator;
import nl.naast.platform.Base64Url;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/key-ceremony.md lets two people do, done. */
class CeremonyTest {
    @TempDir
    Path home;
    Table table;

    @BeforeEach
    void table() {
        table = new Table(home);
    }

    @Test
    @DisplayName("from nothing: a root, two coordinators by their words, two certificates; what the two then sign is believed under root.pub")
    void whole() throws IOException {
        table.init();
        Coordinator anna = table.enrol("Anna");
        Coordinator bea = table.enrol("Bea de Wit");
        table.certify();
        List<Certificate> certificates = table.certificates();
        assertEquals(2, certificates.size());
        assertTrue(certificates.stream().allMatch(one -> one.issuedBy(point())));
        long now = table.clock.now().getEpochSecond();
        Statement noor = new Statement(new byte[16], Statement.Role.EXPERT, "Naast", "Noor", List.of("nl"), P256.point(P256.generate().getPublic()), P256.point(P256.generate().getPublic()), new byte[0], now, now + 86_400);
        List<Certificate> ordered = certificates.stream().sorted(Comparator.comparing(Certificate::hash)).toList();
        Roster roster = new Roster(1, now, now + Roster.LONGEST_SECONDS, ordered, List.of(noor.hash()));
        byte[] signedRoster = bothSign(roster.encode(), certificates, anna, bea);
        ProofCheck client = new ProofCheck(point(), now);
        assertEquals(ProofCheck.Verdict.BELIEVED, client.check(bothSign(noor.encode(), certificates, anna, bea), signedRoster, List.of()));
        byte[] byOne = new Signed(noor.encode(), List.of(anna.sign(certificates.getFirst(), noor.encode()))).encode();
        assertEquals(ProofCheck.Verdict.REFUSED_STATEMENT, client.check(byOne, signedRoster, List.of()));
        assertEquals(ProofCheck.Verdict.REFUSED_ROSTER, new ProofCheck(P256.point(P256.generate().getPublic()), now).check(bothSign(noor.encode(), certificates, anna, bea), signedRoster, List.of()));
    }

    private static byte[] bothSign(byte[] unsigned, List<Certificate> certificates, Coordinator anna, Coordinator bea) {
        return new Signed(unsigned, List.of(anna.sign(certificates.get(0), unsigned), bea.sign(certificates.get(1), unsigned))).encode();
    }

    private byte[] point() {
        try {
            return table.point();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("words that are not the request's are refused, and nobody is enrolled; each language's words are taken, four letters of each")
    void words() throws IOException {
        // seen failing: with SixWords.match answering true for any six words
        table.init();
        Map<String, String> before = table.contents();
        Coordinator anna = Coordinator.called("Anna");
        String file = table.bring(anna).toString();
        for (String typed : List.of(Coordinator.called("Anna").words(), anna.words().substring(0, anna.words().lastIndexOf(' ')), anna.words() + " tafel", "")) {
            table.typist.will(typed, Table.PASSPHRASE);
            assertEquals(1, table.run("enroll", file));
            assertTrue(table.typist.last().startsWith("These are not the words"), table.typist.last());
            assertFalse(table.typist.isDone(), "asked for the passphrase after wrong words");
            assertEquals(before, table.contents());
        }
        table.typist.will(anna.words().toUpperCase(Locale.ROOT).replaceAll("(\\p{L}{4})\\p{L}*", "$1,"), Table.PASSPHRASE);
        assertEquals(0, table.run("enroll", file, "--language", "en"), table.typist.last());
        assertFalse(table.typist.shown.stream().anyMatch(line -> line.contains(anna.words())), "showed the words that were to be typed");
    }

    @Test
    @DisplayName("a wrong passphrase opens nothing and changes nothing; too short a one, or two that differ, make no root")
    void passphrases() throws IOException {
        // seen failing: without the comparison in newPassphrase
        table.typist.will(Table.PASSPHRASE, Table.WRONG);
        assertEquals(1, table.run("init"));
        table.typist.will("fifteen letters", "fifteen letters");
        assertEquals(1, table.run("init"));
        assertFalse(Files.exists(table.folder));
        table.init();
        table.enrol("Anna");
        table.enrol("Bea");
        Map<String, String> before = table.contents();
        for (List<String> typed : List.of(List.of("certify", Table.WRONG), List.of("rotate", Table.WRONG), List.of("certify", ""))) {
            table.typist.will(typed.get(1));
            assertEquals(1, table.run(typed.getFirst()));
            assertTrue(table.typist.last().startsWith("The root does not open"), table.typist.last());
            assertEquals(before, table.contents());
        }
        assertFalse(table.typist.shown.stream().anyMatch(line -> line.contains(Table.PASSPHRASE)));
    }

    @Test
    @DisplayName("fewer than two are not certified: one alone could sign nothing")
    void two() throws IOException {
        // seen failing: without checkTwo
        table.init();
        for (String name : List.of("Anna", "Bea")) {
            Map<String, String> before = table.contents();
            table.typist.will(Table.PASSPHRASE);
            assertEquals(1, table.run("certify"));
            assertEquals(before, table.contents());
            table.enrol(name);
        }
        table.certify();
        assertEquals(2, table.certificates().size());
    }

    @Test
    @DisplayName("only the owner reads the folder: 0600 in 0700, before and after a new root")
    void ownerOnly() throws IOException {
        // seen failing: with Files.write in place of OwnerFiles.writeNew
        table.init();
        table.enrol("Anna");
        table.enrol("Bea");
        table.certify();
        table.typist.will(Table.PASSPHRASE, Table.PASSPHRASE, Table.PASSPHRASE);
        assertEquals(0, table.run("rotate"), table.typist.last());
        try (Stream<Path> all = Files.walk(table.folder)) {
            for (Path each : all.toList()) {
                assertEquals(Files.isDirectory(each) ? "rwx------" : "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)), each.toString());
            }
        }
    }

    @Test
    @DisplayName("what is there is never written over: not the root, not a certificate")
    void neverOver() throws IOException {
        // seen failing: without hasRoot in init, and with OwnerFiles.write in place of writeNew
        table.init();
        table.enrol("Anna");
        table.enrol("Bea");
        table.certify();
        Map<String, String> before = table.contents();
        table.typist.will(Table.PASSPHRASE, Table.PASSPHRASE);
        assertEquals(1, table.run("init"));
        table.certify();
        assertTrue(table.typist.last().contains("is there already, and stays"));
        assertEquals(before, table.contents());
        table.clock.move(Duration.ofDays(200));
        table.certify("--days", "100");
        assertTrue(table.contents().entrySet().containsAll(before.entrySet()));
        assertEquals(4, table.certificates().size());
        Files.delete(table.folder.resolve("root.key"));
        table.typist.will(Table.PASSPHRASE, Table.PASSPHRASE);
        assertEquals(1, table.run("init"));
        assertFalse(Files.exists(table.folder.resolve("root.key")), "half a root was made beside the half that is left");
    }

    @Test
    @DisplayName("an enrolment that this root did not mark is found, whoever laid it there")
    void laidThere() throws IOException {
        // seen failing: without by() in KeyFolder.enrolled
        table.init();
        table.enrol("Anna");
        table.enrol("Bea");
        Coordinator mallory = Coordinator.called("Mallory");
        Path laid = table.folder.resolve("3.enrolled");
        Files.writeString(laid, Base64Url.encode(mallory.request().encode()) + "\n" + Base64Url.encode(P256.sign(mallory.pair().getPrivate(), mallory.request().encode())) + "\n");
        table.typist.will(Table.PASSPHRASE);
        assertEquals(1, table.run("certify"));
        assertTrue(table.typist.last().startsWith("3.enrolled was not enrolled by this root"), table.typist.last());
        assertEquals(1, table.run("show"));
        assertEquals(List.of(), table.certificates());
        Files.writeString(laid, "rubbish");
        assertEquals(1, table.run("show"));
        assertEquals("3.enrolled is damaged.", table.typist.last());
    }

    @Test
    @DisplayName("one person under two names is two signers to no one: the same key, the same name in other capitals are refused")
    void onePerson() throws IOException {
        // seen failing: with equals in place of equalsIgnoreCase
        table.init();
        Coordinator anna = table.enrol("Anna");
        table.typist.will(anna.words(), Table.PASSPHRASE);
        assertEquals(1, table.run("enroll", table.bring(anna).toString()));
        Coordinator again = Coordinator.called("ANNA");
        table.typist.will(again.words(), Table.PASSPHRASE);
        assertEquals(1, table.run("enroll", table.bring(again).toString()));
        assertEquals(Set.of("1.enrolled", "root.key", "root.pub"), table.contents().keySet());
    }

    @Test
    @DisplayName("who lost her key gets a certificate for the new one in its place; the old enrolment stays under another name")
    void replaced() throws IOException {
        table.init();
        table.enrol("Anna");
        table.enrol("Bea");
        table.certify();
        Coordinator anew = Coordinator.called("Anna");
        table.typist.will(anew.words(), Table.PASSPHRASE);
        assertEquals(0, table.run("enroll", table.bring(anew).toString(), "--replace"), table.typist.last());
        assertTrue(table.contents().containsKey("1.replaced-2100-11-25"));
        // seen failing: with a file of that name taken for hers, whatever key it is for
        table.certify();
        table.certify();
        assertEquals(1, table.certificates().stream().filter(one -> Arrays.equals(one.key(), anew.request().key())).count());
        assertEquals(0, table.run("show"));
        assertTrue(table.typist.shown.stream().anyMatch(line -> line.endsWith("of an earlier key of hers")));
        Coordinator nobody = Coordinator.called("Cora");
        assertEquals(1, table.run("enroll", table.bring(nobody).toString(), "--replace"));
    }

    @Test
    @DisplayName("show says who and until when: good, ended, of another root")
    void show() throws IOException {
        // seen failing: with ended() answering false
        assertEquals(1, table.run("show"));
        table.init();
        Coordinator anna = table.enrol("Anna");
        table.enrol("Bea");
        table.certify("--days", "10");
        table.typist.shown.clear();
        assertEquals(0, table.run("show"));
        assertEquals("1  Anna  (" + anna.words() + ")", table.typist.shown.get(1));
        assertEquals("   1-until-2100-12-05.certificate: good", table.typist.shown.get(2));
        table.clock.move(Duration.ofDays(10));
        table.run("show");
        assertEquals("   2-until-2100-12-05.certificate: ended", table.typist.last());
    }

    @Test
    @DisplayName("a new root takes over everybody who is enrolled; nothing of the old one is good under it, and the old folder keeps what was")
    void rotate() throws IOException {
        table.init();
        table.enrol("Anna");
        table.enrol("Bea");
        table.certify();
        byte[] old = table.point();
        Map<String, String> before = table.contents();
        List<Certificate> oldOnes = table.certificates();
        table.typist.will(Table.PASSPHRASE, Table.WRONG, Table.WRONG);
        assertEquals(0, table.run("rotate", "--days", "30"), table.typist.last());
        assertNotEquals(Base64Url.encode(old), Base64Url.encode(table.point()));
        assertEquals(before, Table.contents(table.folder.resolve("before-2100-11-25")));
        assertTrue(oldOnes.stream().noneMatch(one -> one.issuedBy(point())));
        assertTrue(table.certificates().stream().allMatch(one -> one.issuedBy(point())));
        assertEquals(oldOnes.stream().map(Certificate::nameHash).toList(), table.certificates().stream().map(Certificate::nameHash).toList());
        assertFalse(Files.exists(table.folder.resolve("next")));
        table.typist.will(Table.PASSPHRASE);
        assertEquals(1, table.run("certify"), "the new root opens with the old passphrase");
        table.typist.will(Table.WRONG, Table.WRONG, Table.WRONG);
        assertEquals(1, table.run("rotate"), "twice on one day");
    }

    @Test
    @DisplayName("what is not understood is answered with how it is done, and a certificate of no days or of three years is not made")
    void notUnderstood() throws IOException {
        for (List<String> line : List.of(List.of("frobnicate"), List.<String>of(), List.of("enroll"), List.of("certify", "--days"), List.of("certify", "--days", "many"), List.of("show", "more"), List.of("show", "--language", "fr"))) {
            assertEquals(2, table.run(line.toArray(String[]::new)), line.toString());
        }
        table.init();
        for (String days : List.of("0", "731")) {
            assertEquals(1, table.run("certify", "--days", days));
            assertEquals(1, table.run("rotate", "--days", days));
        }
        assertEquals(1, table.run("enroll", home.resolve("nothing").toString()));
        assertEquals(1, table.run("enroll", Files.writeString(home.resolve("other"), "AAAA").toString()));
        assertEquals(1, table.run("enroll", Files.write(home.resolve("bytes"), new byte[] {(byte) 0xff}).toString()));
    }
}
