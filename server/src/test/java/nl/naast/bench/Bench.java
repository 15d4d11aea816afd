package nl.naast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * {@code ./naast bench [--json FILE] [--only FIGURE[,FIGURE…]]}: how fast the server is, as ratios to the bare cost of moving a message, all in one run (docs/performance.md). Exit code 1 when a gate is missed, 2 when
 * the command is not understood.
 */
public final class Bench {
    static final Set<String> ALL = Set.of("messages", "cpu", "latency", "idle", "drop", "start", "disk");

    /** @param java the launcher's JVM with its flags: what stands behind {@code --} */
    record Asked(Set<String> only, Path json, List<String> java) {
        boolean wants(String... any) {
            return Stream.of(any).anyMatch(only::contains);
        }
    }

    private Bench() {
    }

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(run(asked(List.of(arguments))) ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    static Asked asked(List<String> arguments) {
        int dashes = arguments.indexOf("--");
        Set<String> only = ALL;
        Path json = null;
        for (int i = 0; i < dashes; i += 2) {
            String value = i + 1 < dashes ? arguments.get(i + 1) : "";
            switch (arguments.get(i)) {
                case "--json" -> json = Path.of(value);
                case "--only" -> only = Set.of(value.split(","));
                default -> throw new IllegalArgumentException("not understood: " + arguments.get(i));
            }
        }
        if (!ALL.containsAll(only)) {
            throw new IllegalArgumentException("--only takes some of " + new TreeSet<>(ALL));
        }
        return new Asked(only, json, new ArrayList<>(arguments.subList(dashes + 1, arguments.size())));
    }

    private static boolean run(Asked asked) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE); // the load's library tells of each connection that was cut
        Report report = new Report(Machine.about());
        Path root = Files.createTempDirectory(Path.of("server/target"), "bench");
        try (Load load = new Load()) {
            Place place = new Place(root, asked.java());
            Figures figures = new Figures(place, load, report);
            figures.measure(asked);
        } finally {
            remove(root);
        }
        report.print();
        if (asked.json() != null) {
            report.write(asked.json());
        }
        return Goal.missed(report.figures()).isEmpty();
    }

    private static void remove(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
