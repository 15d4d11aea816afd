package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.naast.platform.Base64Url;
import nl.naast.support.Root;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Path SHIPPED = Path.of("../config/naast.properties");

    @TempDir
    Path directory;

    private static Settings shipped(Map<String, String> environment, Map<String, String> arguments) {
        return Settings.read(SHIPPED, environment, arguments);
    }

    /** Outside a trial, with a root. */
    private Settings real(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("NAAST_TRIAL_ENABLED", "false");
        if (!all.containsKey("NAAST_TRUST_ROOT_FILE")) {
            all.put("NAAST_TRUST_ROOT_FILE", rootFile(new Root().point()));
        }
        return shipped(all, Map.of());
    }

    private String rootFile(byte[] point) throws IOException {
        return Files.writeString(directory.resolve("root.pub"), Base64Url.encode(point) + "\n").toString();
    }

    @Test
    @DisplayName("the file as shipped starts a trial on loopback")
    void defaults() {
        Settings settings = shipped(Map.of(), Map.of());
        assertEquals(8080, settings.listen().visitorPort());
        assertEquals(Duration.ofSeconds(45), settings.times().visitorGone());
        assertTrue(settings.trial().enabled());
    }

    @Test
    @DisplayName("the environment overrides the file, the command line overrides both")
    void overrides() {
        var environment = Map.of("NAAST_VISITOR_PORT", "9000", "NAAST_STAFF_PORT", "9001");
        Settings settings = shipped(environment, Map.of("visitor.port", "9100"));
        assertEquals(9100, settings.listen().visitorPort());
        assertEquals(9001, settings.listen().staffPort());
    }

    // seen failing: without the check the settings were read
    @Test
    @DisplayName("trial keys on any other address than loopback are refused")
    void trialOnLoopbackOnly() throws IOException {
        for (String address : List.of("0.0.0.0", "192.168.1.4", "::")) {
            String said = assertThrows(Faults.Refused.class, () -> shipped(Map.of("NAAST_LISTEN_ADDRESS", address), Map.of())).getMessage();
            assertTrue(said.contains("loopback only"), said);
        }
        assertEquals("0.0.0.0", real(Map.of("NAAST_LISTEN_ADDRESS", "0.0.0.0")).listen().address());
    }

    // seen failing: with a file that is no point taken, and without the check of both together
    @Test
    @DisplayName("outside a trial the organisation's public root is needed, and it is a point; a trial has none of its own")
    void root() throws IOException {
        byte[] point = new Root().point();
        assertArrayEquals(point, real(Map.of("NAAST_TRUST_ROOT_FILE", rootFile(point))).root().orElseThrow());
        assertTrue(shipped(Map.of(), Map.of()).root().isEmpty());
        byte[] off = point.clone();
        off[64] ^= 1;
        for (String wrong : List.of("", "/nowhere/root.pub", rootFile(off))) {
            assertTrue(assertThrows(Faults.Refused.class, () -> real(Map.of("NAAST_TRUST_ROOT_FILE", wrong)), wrong).getMessage().contains("trust.root.file"));
        }
        String file = rootFile(point);
        assertTrue(assertThrows(Faults.Refused.class, () -> shipped(Map.of("NAAST_TRUST_ROOT_FILE", file), Map.of())).getMessage().contains("trust.root.file with trial.enabled = true"));
    }

    @Test
    @DisplayName("all that trial keys forbid is told in one go: another address, public origins, another network, a real root")
    void trialFaultsTogether() throws IOException {
        Map<String, String> all = new HashMap<>(several("10.0.0.11", "10.0.0.11:5701", "mongodb://localhost/naast"));
        all.putAll(Map.of("NAAST_TRIAL_ENABLED", "true", "NAAST_LISTEN_ADDRESS", "0.0.0.0", "NAAST_VISITOR_ORIGIN", "https://chat.example", "NAAST_STAFF_ORIGIN", "https://staff.example", "NAAST_TRUST_ROOT_FILE", rootFile(new Root().point())));
        String said = assertThrows(Faults.Refused.class, () -> shipped(all, Map.of())).getMessage();
        for (String key : List.of("listen.address", "visitor.origin", "staff.origin", "cluster.address", "trust.root.file")) {
            assertTrue(said.contains("settings: " + key + " with trial.enabled = true"), said);
        }
    }

    // seen failing: with only listen.address looked at, and only while trial.enabled
    @Test
    @DisplayName("trial keys are refused behind a public origin, and a signing process without the trial")
    void trialNowhereElse() throws IOException {
        for (Map<String, String> environment : List.of(Map.of("NAAST_VISITOR_ORIGIN", "https://chat.example"), Map.of("NAAST_STAFF_ORIGIN", "http://10.1.2.3:8081"),
            Map.of("NAAST_TRIAL_ENABLED", "false", "NAAST_TRIAL_SIGNER_URL_FILE", "/tmp/signer-url"))) {
            assertTrue(assertThrows(Faults.Refused.class, () -> shipped(environment, Map.of()), environment.toString()).getMessage().contains("trial"));
        }
        shipped(Map.of("NAAST_VISITOR_ORIGIN", "http://localhost:1234", "NAAST_STAFF_ORIGIN", "http://127.0.0.1:1235", "NAAST_TRIAL_SIGNER_URL_FILE", "/tmp/signer-url"), Map.of());
        real(Map.of("NAAST_VISITOR_ORIGIN", "https://chat.example"));
    }

    private static Map<String, String> several(String address, String members, String mongo) {
        return Map.of("NAAST_CLUSTER_ADDRESS", address, "NAAST_CLUSTER_MEMBERS", members, "NAAST_MONGO_URI", mongo);
    }

    // seen failing: with any address taken, with members not looked at
    @Test
    @DisplayName("several processes join in a private network only, on a database that they share, and each stands in the list")
    void several() throws IOException {
        String mongo = "mongodb://localhost/naast";
        for (String address : List.of("127.0.0.1", "10.0.0.11", "192.168.1.4", "172.16.0.1", "fd00::1")) {
            assertEquals(address, real(several(address, "10.0.0.12:5701, " + address + ":5701", mongo)).several().orElseThrow().address());
        }
        for (String address : List.of("203.0.113.7", "0.0.0.0", "8.8.8.8", "2001:db8::1", "172.32.0.1", "....", "example.org")) {
            assertTrue(assertThrows(Faults.Refused.class, () -> real(several(address, address + ":5701", mongo)), address).getMessage().contains("private"));
        }
        for (Map<String, String> wrong : List.of(several("10.0.0.11", "10.0.0.11:5701", ""), several("10.0.0.11", "10.0.0.12:5701", mongo), several("10.0.0.11", "", mongo), several("", "10.0.0.11:5701", mongo),
            several("10.0.0.11", "10.0.0.11:5701, 10.0.0.12:70000", mongo), several("10.0.0.11", "10.0.0.11:5701, 10.0.0.12", mongo))) {
            assertTrue(assertThrows(Faults.Refused.class, () -> real(wrong), wrong.toString()).getMessage().contains("cluster."), wrong.toString());
        }
        assertTrue(real(several("", "", mongo)).several().isEmpty());
        Map<String, String> trial = new HashMap<>(several("10.0.0.11", "10.0.0.11:5701", mongo));
        trial.put("NAAST_TRIAL_ENABLED", "true");
        assertTrue(assertThrows(Faults.Refused.class, () -> shipped(trial, Map.of())).getMessage().contains("loopback only"));
    }

    @Test
    @DisplayName("a poll may not be held for as long as it takes to be taken for gone")
    void quietPolls() {
        String said = assertThrows(Faults.Refused.class, () -> shipped(Map.of("NAAST_TIME_POLL_HOLD", "45s"), Map.of())).getMessage();
        assertTrue(said.contains("time.poll.hold"), said);
    }

    // seen failing: with what is allowed left out of Faults.add
    @Test
    @DisplayName("twenty faults are told in one go, each with place, key, what was found and what is allowed")
    void twentyFaults() throws IOException {
        String text = Files.readString(SHIPPED)
            .replace("visitor.port = 8080", "visitor.port = 65536").replace("staff.port = 8081", "staff.port = x").replace("ops.port = 8082", "")
            .replace("visitor.origin =", "visitor.origin = http://a/b").replace("staff.origin =", "staff.origin = ftp://a").replace("data.directory = .naast", "data.directory =")
            .replace("trial.enabled = true", "trial.enabled = maybe").replace("limit.frame.bytes = 32768", "limit.frame.bytes = 1023").replace("limit.envelope.bytes = 16384", "limit.envelope.bytes = 4301")
            .replace("limit.rate = 20", "limit.rate = 0").replace("limit.burst = 60", "limit.burst = -1").replace("limit.waiting = 500", "limit.waiting = 5e2").replace("limit.sockets = 10000", "limit.sockets = 0x10")
            .replace("limit.desk.slots = 2", "limit.desk.slots = 3").replace("time.visitor.gone = 45s", "time.visitor.gone = 45").replace("time.join = 60s", "time.join = 4s")
            .replace("time.poll.hold = 25s", "time.poll.hold = 61s").replace("time.envelope.life = 7d", "time.envelope.life = 31d").replace("time.sweep = 10m", "time.sweep = soon") + "\nlimit.colour = red\n";
        Path file = Files.writeString(directory.resolve("bad.properties"), text);
        String said = assertThrows(Faults.Refused.class, () -> Settings.read(file, Map.of(), Map.of())).getMessage();
        List<String> lines = said.lines().skip(1).toList();
        assertTrue(said.startsWith(lines.size() + " faults"), said);
        assertEquals(20, lines.stream().filter(line -> line.contains("bad.properties")).count(), said);
        lines.forEach(line -> assertTrue(line.matches("\\s*(\\S*/bad\\.properties|settings): [a-z][a-z. =]+: found '[^']*', allowed: \\S.+"), line));
        for (String part : List.of("visitor.port: found '65536', allowed: a whole number 1 … 65535", "ops.port: found '(missing)'", "time.join: found '4s', allowed: 5s … 10m", "limit.colour: found 'red', allowed: no such key")) {
            assertTrue(said.contains(part), part + "\n" + said);
        }
    }
}
