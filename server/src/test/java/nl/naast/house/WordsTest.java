package nl.naast.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who writes to us is a visitor, in code and on every screen, of both halves. */
class WordsTest {
    /** Slachtofferhulp is an organisation's own name. */
    private static final Pattern NOT_HERE = Pattern.compile("victim|slachtoffer(?!hulp)", Pattern.CASE_INSENSITIVE);

    @Test
    @DisplayName("the person is called visitor, in both halves")
    void visitor() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : List.of(Path.of("src/main"), Path.of("../web-client/src"))) {
            assertTrue(Files.isDirectory(folder), folder + " is gone: this test would guard nothing");
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(WordsTest::isCode).filter(WordsTest::hasTheWord).forEach(file -> found.add(file.toString()));
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    @DisplayName("the rule can fail")
    void canFail() {
        assertTrue(NOT_HERE.matcher("a Victim").find());
        assertTrue(NOT_HERE.matcher("het slachtoffer").find());
        assertFalse(NOT_HERE.matcher("Slachtofferhulp Nederland").find());
    }

    /** Tests name the word to look for it. */
    private static boolean isCode(Path file) {
        return Files.isRegularFile(file) && !file.toString().contains(".test.");
    }

    private static boolean hasTheWord(Path file) {
        try {
            return NOT_HERE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
