package nl.naast.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three tables of docs/retention.md, read as the tests need them.
 *
 * @param fields of the documents of each collection
 */
public record PolicyTables(List<Kept> policy, List<Column> stored, Map<String, Set<String>> fields) {
    /** @param kind empty: the sweep does not destroy it; @param time empty: none of its own; @param setBy a configuration key or a constant's name, or empty */
    public record Kept(String what, String table, Optional<String> kind, Optional<Duration> time, String setBy) {
    }

    public record Column(String table, String column, String form) {
        public String name() {
            return table + "." + column;
        }
    }

    private static final Pattern TIME = Pattern.compile("(\\d+) (d|h|min)");

    public static PolicyTables read() throws IOException {
        List<Kept> kept = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        Map<String, Set<String>> fields = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/retention.md"))) {
            List<String> cells = line.startsWith("|") ? Arrays.stream(line.substring(1).split("\\|", -1)).map(cell -> cell.strip().replace("`", "")).toList() : List.of();
            boolean head = cells.isEmpty() || cells.getFirst().startsWith("-") || List.of("what", "table", "collection").contains(cells.getFirst());
            if (!head && cells.size() == 9) {
                kept.add(new Kept(cells.get(0), cells.get(1), dash(cells.get(2)), dash(cells.get(3)).map(PolicyTables::time), cells.get(5)));
            } else if (!head && cells.size() == 5) {
                columns.add(new Column(cells.get(0), cells.get(1), cells.get(2)));
            } else if (!head && cells.size() == 3) {
                fields.put(cells.get(0), Set.of(cells.get(1).split(" ")));
            } else if (!head) {
                throw new IllegalStateException("a row of docs/retention.md that no test reads: " + line);
            }
        }
        return new PolicyTables(kept, columns, fields);
    }

    private static Optional<String> dash(String cell) {
        return cell.equals("–") ? Optional.empty() : Optional.of(cell);
    }

    private static Duration time(String cell) {
        Matcher found = TIME.matcher(cell);
        if (!found.matches()) {
            throw new IllegalStateException("not a time: " + cell);
        }
        long count = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofMinutes(count);
        };
    }
}
