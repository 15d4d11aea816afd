package nl.naast.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.naast.house.Sources.Function;
import nl.naast.house.Sources.Source;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Small enough to see: no function over 40 lines, no file over 400; tests too. The other half's check is {@code web-client/scripts/house.mjs}. */
class LengthTest {
    private static final int FUNCTION = 40;
    private static final int FILE = 400;

    @Test
    @DisplayName("no function of the server is over 40 lines, no file over 400")
    void server() throws IOException {
        List<Source> main = Sources.under(Path.of("src/main/java"));
        System.out.println("house: server functions " + spread(main.stream().flatMap(each -> each.functions().stream()).map(Function::lines).toList())
            + " · files " + spread(main.stream().map(Source::lines).toList()));
        assertEquals(List.of(), tooLong(main));
        assertEquals(List.of(), tooLong(Sources.under(Path.of("src/test/java"))));
    }

    @Test
    @DisplayName("the rule can fail: 40 and 400 lines pass, 41 and 401 do not, nested classes are seen")
    void canFail() throws IOException {
        assertEquals(List.of(), tooLong(List.of(function(40), file(400))));
        assertEquals(List.of("F.java: long41 has 41 lines"), tooLong(List.of(function(41))));
        assertEquals(List.of("G.java has 401 lines"), tooLong(List.of(file(401))));
    }

    private static Source function(int lines) throws IOException {
        return Sources.of("F.java", "class F {\n  class Nested {\n    void long" + lines + "() {\n" + "      ;\n".repeat(lines - 2) + "    }\n  }\n}\n");
    }

    private static Source file(int lines) throws IOException {
        return Sources.of("G.java", "class G {\n" + "\n".repeat(lines - 2) + "}\n");
    }

    private static List<String> tooLong(List<Source> sources) {
        List<String> found = new ArrayList<>();
        for (Source source : sources) {
            if (source.lines() > FILE) {
                found.add(source.path() + " has " + source.lines() + " lines");
            }
            source.functions().stream().filter(each -> each.lines() > FUNCTION).forEach(each -> found.add(source.path() + ": " + each.name() + " has " + each.lines() + " lines"));
        }
        return found;
    }

    private static String spread(List<Integer> lengths) {
        List<Integer> sorted = lengths.stream().sorted().toList();
        return sorted.size() + ": median " + sorted.get(sorted.size() / 2) + ", p90 " + sorted.get(sorted.size() * 9 / 10) + ", longest " + sorted.getLast();
    }
}
