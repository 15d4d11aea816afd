package nl.naast.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.P256;
import nl.naast.canon.Revocation;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
    private final HttpClient http = HttpClient.newHttpClient();
    @TempDir
    Path keys;
    TrialSigner target;
    List<Certificate> signers;

    @BeforeEach
    void start() throws IOException {
        TrialKeys.ensure(keys, NOW);
        target = TrialSigner.start(keys, InetAddress.ofLiteral("127.0.0.1"), InstantSource.fixed(NOW));
        signers = Signing.load(keys, InstantSource.fixed(NOW)).certificates();
    }

    @AfterEach
    void stop() {
        target.close();
        http.close();
    }

    @Test
    @DisplayName("signs a canonical statement with two signers")
    void statement() throws Exception {
        byte[] unsigned = statement(0, Statement.LONGEST_SECONDS).encode();
        Signed signed = Signed.parse(post("statement", unsigned).body());
        assertArrayEquals(unsigned, signed.unsigned());
        assertTrue(signed.byTwoOf(signers));
    }

    @Test
    @DisplayName("signs a roster that carries its own certificates")
    void roster() throws Exception {
        byte[] unsigned = new Roster(1, now(), now() + Roster.LONGEST_SECONDS, signers, List.of(statement(0, 60).hash())).encode();
        assertTrue(Signed.parse(post("roster", unsigned).body()).byTwoOf(signers));
    }

    @Test
    @DisplayName("signs a revocation with one signer")
    void revocation() throws Exception {
        Revocation revocation = Revocation.parse(post("revocation", new Revocation.Unsigned(new byte[16], statement(0, 60).hash(), now()).encode()).body());
        assertTrue(signers.stream().anyMatch(signer -> signer.hash().equals(revocation.signer()) && P256.verify(signer.key(), revocation.what().encode(), revocation.signature())));
    }

    @Test
    @DisplayName("tells the certificates that a roster must carry")
    void tellsSigners() throws Exception {
        byte[] body = http.send(HttpRequest.newBuilder(URI.create(target.url() + "/signers")).build(), BodyHandlers.ofByteArray()).body();
        assertEquals(2, body[0]);
        assertEquals(1 + signers.stream().mapToInt(signer -> signer.encode().length).sum(), body.length);
    }

    @Test
    @DisplayName("refuses what is not canonical, and one form asked for as another")
    void refusesForeign() throws Exception {
        // seen failing: with Signing.statement signing without parsing
        byte[] statement = statement(0, 60).encode();
        byte[] longer = java.util.Arrays.copyOf(statement, statement.length + 1);
        for (byte[] bytes : List.of(longer, new byte[0], "anything".getBytes(StandardCharsets.UTF_8), new byte[70_000])) {
            assertEquals(400, post("statement", bytes).statusCode());
        }
        assertEquals(400, post("roster", statement).statusCode());
        assertEquals(400, post("revocation", statement).statusCode());
        assertEquals(400, post("statement", signers.getFirst().encode()).statusCode());
    }

    @Test
    @DisplayName("refuses dates that are not about now, and foreign certificates")
    void refusesDates() throws Exception {
        // seen failing: with checkDates empty, and with the roster's signers not compared
        // seen failing: with an hour's grace, a desk that dates an hour back was refused when a second passed on the way
        assertEquals(200, post("statement", statement(-3_605, 7_200).encode()).statusCode());
        assertEquals(200, post("statement", statement(7_200, 7_260).encode()).statusCode());
        assertEquals(400, post("statement", statement(7_201, 7_260).encode()).statusCode());
        assertEquals(400, post("statement", statement(-3_000, 3_000).encode()).statusCode());
        Certificate foreign = Certificate.issue(P256.generate().getPrivate(), P256.point(P256.generate().getPublic()), now() + 100, "foreign");
        List<Certificate> mixed = java.util.stream.Stream.of(signers.getFirst(), foreign).sorted(java.util.Comparator.comparing(Certificate::hash)).toList();
        assertEquals(400, post("roster", new Roster(1, now(), now() + 60, mixed, List.<Hash>of()).encode()).statusCode());
    }

    @Test
    @DisplayName("without the token: the same 404 for everything")
    void token() throws Exception {
        // seen failing: with isToken answering true
        String bare = target.url().substring(0, target.url().lastIndexOf('/'));
        for (String path : List.of("/signers", "/x/signers", "/", "//signers", "/" + "A".repeat(43) + "/signers")) {
            assertEquals(404, http.send(HttpRequest.newBuilder(URI.create(bare + path)).build(), BodyHandlers.discarding()).statusCode(), path);
        }
        assertEquals(404, post("anything", new byte[0]).statusCode());
    }

    @Test
    @DisplayName("listens on a loopback address or not at all")
    void loopback() throws IOException {
        // seen failing: without the check in start
        InetAddress everywhere = InetAddress.ofLiteral("0.0.0.0");
        assertThrows(IllegalArgumentException.class, () -> TrialSigner.start(keys, everywhere, InstantSource.fixed(NOW)));
    }

    private HttpResponse<byte[]> post(String what, byte[] body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(target.url() + "/" + what)).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
    }

    private static Statement statement(long from, long life) {
        byte[] key = P256.point(P256.generate().getPublic());
        return new Statement(new byte[16], Statement.Role.EXPERT, "Naast", "Sam", List.of("en", "nl"), key, key, new byte[0], now() + from, now() + from + life);
    }

    private static long now() {
        return NOW.getEpochSecond();
    }
}
