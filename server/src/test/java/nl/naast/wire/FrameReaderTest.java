package nl.naast.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nl.naast.platform.Problem;
import nl.naast.support.Fuzz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The frame parser (protocol.md §2, §4, §5)")
class FrameReaderTest {
    private static final int FRAME = 32_768;
    private static final FrameReader READER = new FrameReader(FRAME, 256);
    private static final List<byte[]> SAMPLES = FrameVectors.client().stream().map(vector -> vector.text().getBytes(StandardCharsets.UTF_8)).toList();

    static Stream<FrameVectors> vectors() {
        return FrameVectors.client().stream();
    }

    // seen failing: with Fields.end() not looking whether something is left
    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("the vectors that both halves read")
    void vector(FrameVectors vector) {
        boolean poll = vector.name().startsWith("poll");
        Parsed<?> parsed = switch (vector.side()) {
            case "visitor" -> poll ? READER.visitorPoll(vector.text()) : READER.visitor(vector.text());
            case "desk" -> poll ? READER.deskPoll(vector.text()) : READER.desk(vector.text());
            default -> throw new AssertionError(vector.side());
        };
        assertEquals(vector.ok(), parsed instanceof Parsed.Good, () -> String.valueOf(parsed));
    }

    private static List<Parsed<?>> all(String text) {
        return List.of(READER.visitor(text), READER.desk(text), READER.visitorPoll(text), READER.deskPoll(text));
    }

    @BeforeEach
    void warm() {
        SAMPLES.forEach(sample -> all(new String(sample, StandardCharsets.UTF_8)));
    }

    // seen failing: with Malformed not caught in FrameReader.read; with the length not looked at first (too-large for none)
    @Test
    @DisplayName("given anything at all it answers a frame or one of two refusals, never throws, and takes memory in proportion to the text")
    void anything() {
        Fuzz.run("frames", random -> {
            String text = text(random);
            long most = 4 * (20_000 + 40L * Math.min(text.length(), FRAME));
            long taken = Fuzz.allocated(most, () -> all(text));
            assertTrue(taken <= most, () -> taken + " bytes for a text of " + text.length());
            all(text).forEach(parsed -> judge(text, parsed));
        });
    }

    private static void judge(String text, Parsed<?> parsed) {
        if (parsed instanceof Parsed.Bad<?>(int n, Problem problem)) {
            boolean large = text.getBytes(StandardCharsets.UTF_8).length > FRAME;
            assertTrue(large ? problem == Problem.TOO_LARGE && n == 0 : problem == Problem.MALFORMED || problem == Problem.TOO_LARGE && (text.contains("signal") || text.contains("box")), () -> problem + " for " + text);
            assertTrue(n >= 0);
        }
    }

    private static String text(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> "{".repeat(random.nextInt(40_000));
            case 1 -> "{\"t\":\"ping\",\"n\":" + "9".repeat(1 + random.nextInt(2000)) + "}";
            case 2 -> "{\"a\":" + "[".repeat(random.nextInt(5000));
            case 3 -> random.ints(random.nextInt(2000), 0, 0x110000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            case 4 -> "{\"t\":\"" + "é".repeat(random.nextInt(20_000)) + "\"}";
            default -> new String(Fuzz.mutated(random, SAMPLES), StandardCharsets.UTF_8);
        };
    }
}
