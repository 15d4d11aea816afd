package nl.naast.boot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.naast.boot.OperationsFile.Metric;

/** A page of figures in the text format of Prometheus, read. */
record Figures(String text, Map<String, String> kinds, List<Sample> samples) {
    /** @param metric the name of its family: without the suffix of a histogram's or a summary's parts */
    record Sample(String metric, String name, Map<String, String> labels, double value) {
    }

    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\",?");

    static Figures of(String text) {
        Map<String, String> kinds = new TreeMap<>();
        text.lines().filter(line -> line.startsWith("# TYPE ")).map(line -> line.split(" ")).forEach(type -> kinds.put(type[2], type[3]));
        return new Figures(text, kinds, text.lines().filter(line -> !line.startsWith("#")).map(line -> sample(line, kinds)).toList());
    }

    private static Sample sample(String line, Map<String, String> kinds) {
        Matcher read = SAMPLE.matcher(line);
        if (!read.matches()) {
            throw new AssertionError("not a figure: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        LABEL.matcher(read.group(2) == null ? "" : read.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        String whole = read.group(1).replaceFirst("_(bucket|sum|count)$", "");
        return new Sample(kinds.containsKey(whole) ? whole : read.group(1), read.group(1), labels, Double.parseDouble(read.group(3)));
    }

    /** @param labels name, value, name, value … */
    double value(String name, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return samples.stream().filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted)).mapToDouble(Sample::value).findFirst().orElseThrow(() -> new AssertionError(name + wanted + " is not in\n" + text));
    }

    /** Everything in which the page and the table differ. */
    Set<String> against(Map<String, Metric> table) {
        Set<String> faults = new TreeSet<>();
        table.keySet().stream().filter(name -> !kinds.containsKey(name)).forEach(name -> faults.add("in the table only: " + name));
        kinds.forEach((name, kind) -> {
            if (!table.containsKey(name) || !table.get(name).kind().equals(kind)) {
                faults.add("not in the table: " + kind + " " + name);
            }
        });
        samples.stream().filter(sample -> table.containsKey(sample.metric())).forEach(sample -> labels(sample, table.get(sample.metric()), faults));
        samples.stream().filter(sample -> !kinds.containsKey(sample.metric())).forEach(sample -> faults.add("of no kind: " + sample.name()));
        return faults;
    }

    private static void labels(Sample sample, Metric metric, Set<String> faults) {
        sample.labels().forEach((label, value) -> {
            Set<String> allowed = metric.labels().get(label);
            if (allowed == null || !allowed.isEmpty() && !allowed.contains(value)) {
                faults.add("not allowed: " + sample.metric() + "{" + label + "=" + value + "}");
            }
        });
    }
}
