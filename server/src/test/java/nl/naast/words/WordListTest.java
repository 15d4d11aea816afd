package nl.naast.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import nl.naast.canon.Hash;
import nl.naast.platform.RandomSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java twin of the web client's word tests: the same vectors, the same lists. */
class WordListTest {
    private static final JsonObject VECTORS = load();

    @ParameterizedTest
    @EnumSource
    @DisplayName("the list in the jar is the published one: 2,048 words in order, four to eight letters, no two alike in the first four")
    void list(Words.Language language) throws IOException {
        // seen failing: with two lines of config/words/en.txt exchanged
        String file = Files.readString(Path.of("../config/words/" + language.name().toLowerCase(Locale.ROOT) + ".txt"), StandardCharsets.US_ASCII);
        List<String> words = file.lines().toList();
        assertEquals(2_048, words.size());
        assertEquals(words.stream().sorted().toList(), words);
        assertTrue(words.stream().allMatch(word -> word.matches("[a-z]{4,8}")));
        assertEquals(2_048, new HashSet<>(words.stream().map(word -> word.substring(0, 4)).toList()).size());
        assertEquals(vectors(language).getString("sha256"), Hash.of(file.getBytes(StandardCharsets.US_ASCII)).toString());
        for (int at = 0; at < 2_048; at++) {
            assertEquals(List.of(words.get(at)), Words.of(language).encode(new byte[] {(byte) (at >> 3), (byte) ((at & 7) << 5)}, 1));
        }
    }

    @TestFactory
    Stream<DynamicTest> encodings() {
        return each("encode", (language, vector) -> assertEquals(vector.getString("words"), String.join(" ", Words.of(language).encode(HexFormat.of().parseHex(vector.getString("bits")), vector.getInteger("count")))));
    }

    @TestFactory
    Stream<DynamicTest> readings() {
        return each("read", (language, vector) -> assertEquals(vector.getString("words"), Words.of(language).read(vector.getString("text")).map(words -> String.join(" ", words)).orElse(null)));
    }

    @Test
    @DisplayName("fewer bits than words need are refused")
    void tooFew() {
        assertThrows(IllegalArgumentException.class, () -> Words.of(Words.Language.NL).encode(new byte[8], 6));
        assertEquals(6, Words.of(Words.Language.NL).encode(new byte[9], 6).size());
    }

    @Test
    @DisplayName("seven words drawn by chance read back to themselves, and are others each time")
    void drawn() {
        Words words = Words.of(Words.Language.EN);
        List<String> seven = words.random(RandomSource.system(), 7);
        assertEquals(seven, words.read(String.join(" ", seven)).orElseThrow());
        assertNotEquals(seven, words.random(RandomSource.system(), 7));
    }

    private interface Check {
        void of(Words.Language language, JsonObject vector);
    }

    private static Stream<DynamicTest> each(String key, Check check) {
        return Stream.of(Words.Language.values()).flatMap(language -> vectors(language).getJsonArray(key).stream().map(JsonObject.class::cast)
            .map(vector -> DynamicTest.dynamicTest(language + " " + vector.encode(), () -> check.of(language, vector))));
    }

    private static JsonObject vectors(Words.Language language) {
        return VECTORS.getJsonArray("lists").stream().map(JsonObject.class::cast).filter(list -> list.getString("language").equalsIgnoreCase(language.name())).findFirst().orElseThrow();
    }

    private static JsonObject load() {
        try {
            return new JsonObject(Files.readString(Path.of("src/test/resources/wire/words.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
