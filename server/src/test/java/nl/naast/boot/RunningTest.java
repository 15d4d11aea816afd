package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What docs/running.md says of the settings")
class RunningTest {
    /** In code, alone or with a value: {@code limit.rate = 20}. */
    private static final Pattern KEY = Pattern.compile("`((?:listen|visitor|staff|ops|data|mongo|pages|organisation|guide|trial|limit|time|cluster)\\.[a-z.]+)[^`]*`");
    private static final Pattern VARIABLE = Pattern.compile("NAAST_[A-Z_]+");

    // seen failing: with limit.frames, and with NAAST_MONGO_URL, in the text
    @Test
    @DisplayName("every key and every variable that it names stands in config/naast.properties")
    void keys() throws IOException {
        String text = Files.readString(Path.of("../docs/running.md"));
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../config/naast.properties"))) {
            shipped.load(file);
        }
        Set<String> known = shipped.stringPropertyNames();
        Set<String> named = KEY.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.contains("mongo.uri") && named.size() > 8, named.toString());
        named.removeAll(known);
        assertEquals(Set.of(), named);
        Set<String> variables = VARIABLE.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(variables.contains("NAAST_MONGO_URI"));
        // Of the launcher, for the pages' build; the server's own is trust.root.file.
        variables.remove("NAAST_ROOT_FILE");
        variables.removeAll(known.stream().map(RawSettings::variable).collect(Collectors.toSet()));
        assertEquals(Set.of(), variables);
    }
}
