package nl.naast.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured: the figures by their names, and what they come from. */
final class Report {
    /** Each figure and what it is, in the order of the table. */
    static final Map<String, String> FIGURES = words();

    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final JsonObject raw;

    Report(JsonObject about) {
        raw = about;
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("messages_ratio", "messages/s, closed loop, to the bare relay's");
        words.put("messages_ratio_to_log", "messages/s, closed loop, to the relay's with a log");
        words.put("cpu_ratio", "server CPU a message, to the bare relay's");
        words.put("cpu_ratio_to_log", "server CPU a message, to the relay's with a log");
        words.put("p50_ratio", "p50 sent to delivered at 500/s, to the bare relay's");
        words.put("p99_ms", "p99 sent to delivered at 500/s, ms");
        words.put("idle_kib", "memory of an idle connected visitor, KiB");
        words.put("back_after_drop_s", "2,000 visitors back after a drop, s");
        words.put("cold_start_s", "cold start to the first accepted visitor, s");
        words.put("disk_ratio", "disk bytes a message, to the envelope's");
        return words;
    }

    void figure(String name, double value) {
        if (!FIGURES.containsKey(name)) {
            throw new IllegalArgumentException(name);
        }
        figures.put(name, Numbers.round(value));
    }

    void raw(String name, Object value) {
        raw.put(name, value);
    }

    Map<String, Double> figures() {
        return figures;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        FIGURES.keySet().stream().filter(figures::containsKey).forEach(name -> json.put(name, figures.get(name)));
        return json.put("raw", raw);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, json().encodePrettily() + "\n");
    }

    void print() {
        FIGURES.forEach((name, words) -> {
            Optional<Goal> goal = Goal.ALL.stream().filter(each -> each.figure().equals(name)).findFirst();
            Optional.ofNullable(figures.get(name)).ifPresent(value -> say("%-22s %-58s %8s   %s", name, words, value, goal.map(g -> g.words(value)).orElse("")));
        });
        List<Goal> missed = Goal.missed(figures);
        say(missed.isEmpty() ? "bench: no gate was missed" : "bench: missed " + missed.stream().map(Goal::figure).toList());
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
