package nl.naast.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.naast.canon.P256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
    @TempDir
    Path parent;
    Path target;

    @BeforeEach
    void make() throws IOException {
        target = parent.resolve("trial");
        TrialKeys.ensure(target, NOW);
    }

    @Test
    @DisplayName("the public root is one line of base64url, a point on the curve")
    void root() throws IOException {
        assertTrue(P256.isPoint(rootPoint()));
        assertEquals(1, Files.readAllLines(target.resolve("root.pub")).size());
    }

    @Test
    @DisplayName("only the owner reads a key: 0600 in 0700")
    void ownerOnly() throws IOException {
        // seen failing: with Files.write in place of OwnerFiles.write
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
            }
        }
    }

    @Test
    @DisplayName("a second run changes nothing")
    void idempotent() throws IOException {
        Map<String, String> before = contents();
        TrialKeys.ensure(target, NOW.plus(Duration.ofDays(300)));
        assertEquals(before, contents());
    }

    @Test
    @DisplayName("the root certifies two different signers")
    void certified() throws IOException {
        TrialSignerKey one = TrialSignerKey.load(target, 1);
        TrialSignerKey two = TrialSignerKey.load(target, 2);
        assertTrue(one.certificate().issuedBy(rootPoint()) && two.certificate().issuedBy(rootPoint()));
        assertNotEquals(one.certificate().nameHash(), two.certificate().nameHash());
        assertNotEquals(one.certificate().hash(), two.certificate().hash());
    }

    @Test
    @DisplayName("a signer about to end is replaced, the root stays; a missing root makes all anew")
    void renewal() throws IOException {
        Map<String, String> before = contents();
        TrialKeys.ensure(target, NOW.plus(Duration.ofDays(640)));
        assertEquals(before.get("root.key"), contents().get("root.key"));
        assertNotEquals(before.get("signer-1.cert"), contents().get("signer-1.cert"));
        Files.delete(target.resolve("root.pub"));
        TrialKeys.ensure(target, NOW);
        assertTrue(TrialSignerKey.load(target, 2).certificate().issuedBy(rootPoint()));
    }

    private byte[] rootPoint() throws IOException {
        return Base64.getUrlDecoder().decode(Files.readString(target.resolve("root.pub")).strip());
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> out = new TreeMap<>();
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                out.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return out;
    }
}
