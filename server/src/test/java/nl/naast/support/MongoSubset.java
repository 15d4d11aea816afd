package nl.naast.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table of docs/running.md, in the names of {@link MongoCommands}.
 *
 * @param ours what our stores send
 * @param driver what the driver may send besides; beginning with {@code *.}: in any command
 */
public record MongoSubset(Set<String> ours, Set<String> driver) {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    public static MongoSubset read() {
        try {
            String text = Files.readString(Path.of("../docs/running.md"));
            return of(text.substring(text.indexOf("\n## What MongoDB is asked")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MongoSubset of(String section) {
        Set<String> ours = new TreeSet<>();
        Set<String> driver = new TreeSet<>();
        for (String line : section.lines().filter(row -> row.startsWith("| ")).skip(1).toList()) {
            List<String> cells = List.of(line.split("\\|"));
            List<String> names = names(cells.get(2)).toList();
            switch (cells.get(1).strip()) {
                case "in filters" -> names.forEach(name -> ours.add("filter " + name));
                case "in changes" -> names.forEach(name -> ours.add("change " + name));
                case String kind when kind.startsWith("by the driver") -> driver.addAll(names);
                case String command -> names(command).forEach(name -> {
                    ours.add(name);
                    names.forEach(option -> ours.addAll(withParents(name, option)));
                });
            }
        }
        return new MongoSubset(ours, driver);
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1));
    }

    /** {@code updates.q}: also {@code updates}. */
    private static Set<String> withParents(String command, String option) {
        int dot = option.indexOf('.');
        return dot < 0 ? Set.of(command + "." + option) : Set.of(command + "." + option, command + "." + option.substring(0, dot));
    }
}
