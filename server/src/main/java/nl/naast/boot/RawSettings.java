package nl.naast.boot;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The settings as text, with the place each value came from; reads them into types and notes every fault. */
final class RawSettings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    private record Found(String where, String text) {
    }

    private final String file;
    private final Properties properties = new Properties();
    private final Map<String, String> environment;
    private final Map<String, String> arguments;
    private final Set<String> known = new HashSet<>();
    final Faults faults = new Faults();

    /**
     * @param environment as {@link System#getenv()}
     * @param arguments key → value, from the command line
     */
    RawSettings(Path file, Map<String, String> environment, Map<String, String> arguments) {
        this.file = file.toString();
        this.environment = environment;
        this.arguments = arguments;
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            faults.add(this.file, "the file", "unreadable", "a properties file, see config/naast.properties");
        }
    }

    static String variable(String key) {
        return "NAAST_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private Found found(String key) {
        known.add(key);
        if (arguments.containsKey(key)) {
            return new Found("command line", arguments.get(key));
        }
        String name = variable(key);
        if (environment.containsKey(name)) {
            return new Found("environment " + name, environment.get(name).strip());
        }
        String text = properties.getProperty(key);
        return new Found(file, text == null ? "(missing)" : text.strip());
    }

    /** @param parse answers null for what is not allowed; the setting is then {@code null}, and {@link #finish()} throws */
    <T> T read(String key, String allowed, Function<String, T> parse) {
        Found found = found(key);
        T value = found.text().equals("(missing)") ? null : parse.apply(found.text());
        if (value == null) {
            faults.add(found.where(), key, found.text(), allowed);
        }
        return value;
    }

    int number(String key, int least, int most) {
        Integer value = read(key, "a whole number " + least + " … " + most, text -> text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most ? Integer.valueOf(text) : null);
        return value == null ? least : value;
    }

    Duration duration(String key, String least, String most) {
        Duration value = read(key, least + " … " + most, text -> within(parse(text), parse(least), parse(most)));
        return value == null ? parse(least) : value;
    }

    private static Duration within(Duration value, Duration least, Duration most) {
        return value != null && value.compareTo(least) >= 0 && value.compareTo(most) <= 0 ? value : null;
    }

    private static Duration parse(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Unknown keys are faults too. @throws Faults.Refused with all faults, when there is any */
    void finish() {
        properties.stringPropertyNames().stream().filter(key -> !known.contains(key)).sorted().forEach(key -> faults.add(file, key, properties.getProperty(key), "no such key"));
        arguments.keySet().stream().filter(key -> !known.contains(key)).sorted().forEach(key -> faults.add("command line", key, arguments.get(key), "no such option"));
        faults.throwIfAny();
    }
}
