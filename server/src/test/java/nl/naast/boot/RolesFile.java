package nl.naast.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** docs/roles.md as data. */
final class RolesFile {
    /** The columns, in their order. */
    enum Who {
        ANONYMOUS, VISITOR, OTHER_VISITOR, EXPERT, OTHER_EXPERT, COORDINATOR, ADMINISTRATOR;

        private String title() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /** @param table the heading above it, such as {@code staff: frames posted} */
    record Cell(String table, String action, Who who, String answer) {
        @Override
        public String toString() {
            return table + ", " + action + ", " + who.title() + ": " + answer;
        }
    }

    private RolesFile() {
    }

    static List<Cell> cells() {
        try {
            return cells(Files.readString(Path.of("../docs/roles.md")));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    static List<Cell> cells(String text) {
        List<Cell> cells = new ArrayList<>();
        String table = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("## ")) {
                table = line.substring(3);
            } else if (line.startsWith("| action")) {
                if (!columns(line).equals(Arrays.stream(Who.values()).map(Who::title).toList())) {
                    throw new AssertionError("other columns: " + line);
                }
            } else if (line.startsWith("| `")) {
                row(table, line, cells);
            }
        }
        return cells;
    }

    private static void row(String table, String line, List<Cell> cells) {
        String action = line.split("`", 3)[1];
        List<String> answers = columns(line);
        for (Who who : Who.values()) {
            cells.add(new Cell(table, action, who, answers.get(who.ordinal())));
        }
    }

    private static List<String> columns(String line) {
        return Arrays.stream(line.split("\\|")).skip(2).map(String::strip).toList();
    }
}
