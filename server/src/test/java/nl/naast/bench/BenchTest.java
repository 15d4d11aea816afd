package nl.naast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the bench makes of what it measured; the measuring itself is ./naast bench")
class BenchTest {
    @Test
    @DisplayName("percentiles are of the nearest rank, the median of an even count lies in between")
    void numbers() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();
        assertEquals(50, Numbers.percentile(hundred, 50));
        assertEquals(99, Numbers.percentile(hundred, 99));
        assertEquals(100, Numbers.percentile(hundred, 100));
        assertEquals(7, Numbers.percentile(new long[] {7}, 1));
        assertEquals(2, Numbers.median(List.of(9.0, 1.0, 2.0)));
        assertEquals(1.5, Numbers.median(List.of(2.0, 1.0)));
        assertEquals(0.0123, Numbers.round(0.012345));
        assertEquals(12300, Numbers.round(12345));
    }

    // seen failing: with the gate's comparison the other way round
    @Test
    @DisplayName("a gate that is missed fails the run, an aim does not, and what was not measured is not missed; at the bound it is met")
    void gates() {
        assertEquals(List.of(), Goal.missed(Map.of("messages_ratio", 0.25, "cpu_ratio", 6.0, "p50_ratio", 5.0, "p99_ms", 300.0)));
        assertEquals(List.of("messages_ratio"), Goal.missed(Map.of("messages_ratio", 0.249)).stream().map(Goal::figure).toList());
        assertEquals(List.of("cpu_ratio", "p50_ratio"), Goal.missed(Map.of("cpu_ratio", 6.01, "p50_ratio", 5.01)).stream().map(Goal::figure).toList());
        assertEquals("aim ≤ 10: MISSED", Goal.ALL.stream().filter(goal -> goal.figure().equals("p99_ms")).findFirst().orElseThrow().words(10.1));
    }

    @Test
    @DisplayName("the JSON has the ten figures at its top level, by the names that others read, and what they come from under raw")
    void json() {
        Report report = new Report(new JsonObject().put("date", "2026-11-25"));
        Report.FIGURES.keySet().forEach(name -> report.figure(name, 1));
        assertEquals(List.of("messages_ratio", "messages_ratio_to_log", "cpu_ratio", "cpu_ratio_to_log", "p50_ratio", "p99_ms", "idle_kib", "back_after_drop_s", "cold_start_s", "disk_ratio", "raw"),
            List.copyOf(report.json().fieldNames()));
        assertEquals("2026-11-25", report.json().getJsonObject("raw").getString("date"));
        assertThrows(IllegalArgumentException.class, () -> report.figure("messages", 1));
        assertTrue(Goal.ALL.stream().map(Goal::figure).allMatch(Report.FIGURES::containsKey));
    }

    @Test
    @DisplayName("what is asked for: everything, or some figures by their names; what is no figure is refused")
    void asked() {
        Bench.Asked all = Bench.asked(List.of("--json", "out.json", "--", "java", "-Xmx1g"));
        assertEquals(new Bench.Asked(Bench.ALL, Path.of("out.json"), List.of("java", "-Xmx1g")), all);
        Bench.Asked some = Bench.asked(List.of("--only", "idle,disk", "--", "java"));
        assertEquals(Set.of("idle", "disk"), some.only());
        assertTrue(some.wants("cpu", "disk"));
        assertFalse(some.wants("cpu"));
        assertThrows(IllegalArgumentException.class, () -> Bench.asked(List.of("--only", "speed", "--", "java")));
        assertThrows(IllegalArgumentException.class, () -> Bench.asked(List.of("--fast", "x", "--", "java")));
    }

    @Test
    @DisplayName("processor time is read behind a name that has blanks and brackets in it")
    void cpu() {
        assertEquals(1.5, Program.cpu("42 (a) b) S 1 1 1 0 -1 4 5 6 7 8 100 50 9 9 20 0"));
    }
}
