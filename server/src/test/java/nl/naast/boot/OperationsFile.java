package nl.naast.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of docs/operations.md as data. */
final class OperationsFile {
    /** @param labels each with the values it may have; without any: what is not ours to list (the JDK's names, bounds, the version) */
    record Metric(String name, String kind, Map<String, Set<String>> labels) {
    }

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private OperationsFile() {
    }

    static Map<String, Metric> metrics() throws IOException {
        return metrics(Files.readString(Path.of("../docs/operations.md")));
    }

    static Map<String, Metric> metrics(String text) {
        Map<String, Metric> metrics = new TreeMap<>();
        rows(text, "metric").forEach(row -> metrics.put(name(row), new Metric(name(row), row.get(1), labels(row.get(2)))));
        return metrics;
    }

    /** The rows of the table whose first column has this title. */
    static List<List<String>> rows(String text, String title) {
        return text.lines().dropWhile(line -> !line.startsWith("| " + title + " |")).skip(2).takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList()).toList();
    }

    static String name(List<String> row) {
        return quoted(row.getFirst()).iterator().next();
    }

    private static Map<String, Set<String>> labels(String cell) {
        Map<String, Set<String>> labels = new HashMap<>();
        if (!cell.equals("–")) {
            for (String each : cell.split(";")) {
                String[] parts = each.split(":", 2);
                labels.put(quoted(parts[0]).iterator().next(), quoted(parts[1]));
            }
        }
        return labels;
    }

    private static Set<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
