package nl.naast.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import nl.naast.platform.Clock;
import nl.naast.words.Words;

/**
 * {@code Keys init | enroll FILE [--replace] | certify [--days N] | rotate [--days N] | show}, each with {@code [--dir FOLDER]} (default: {@code naast-keys} where one stands) and {@code [--language nl|en]}.
 * Ends with 0 when it was done, 1 when it was refused, 2 when it was not understood.
 */
public final class Keys {
    private static final String USAGE = """
        ./naast keys init                      makes the organisation's root, encrypted with a passphrase
        ./naast keys enroll FILE [--replace]   takes in a coordinator's request, once her six words were compared by voice; --replace: she has a new key
        ./naast keys certify [--days N]        makes a certificate for everybody enrolled, two at the least, good for N days (365; at the most 730)
        ./naast keys rotate [--days N]         makes a new root, and everybody's certificate anew
        ./naast keys show                      whose keys, and until when
        Each with [--dir FOLDER] (naast-keys, where you stand) and [--language nl|en], of the six words (nl). How it is done: docs/key-ceremony.md
        """.stripTrailing();
    private static final int USUAL_DAYS = 365;

    private final Asking asking;
    private final Clock clock;
    private final int cost;
    private String folder = "naast-keys";
    private String language = "nl";
    private int days = USUAL_DAYS;
    private boolean replace;
    private final Deque<String> rest = new ArrayDeque<>();

    Keys(Asking asking, Clock clock, int cost) {
        this.asking = asking;
        this.clock = clock;
        this.cost = cost;
    }

    public static void main(String... arguments) throws IOException {
        System.exit(new Keys(new Terminal(), Clock.system(), RootKey.COST).run(arguments));
    }

    int run(String... arguments) throws IOException {
        try {
            parse(arguments);
            return carryOut();
        } catch (IllegalArgumentException notUnderstood) {
            asking.say(USAGE);
            return 2;
        } catch (Refused refused) {
            asking.say(refused.getMessage());
            return 1;
        }
    }

    private int carryOut() throws IOException {
        Ceremony ceremony = new Ceremony(new KeyFolder(Path.of(folder)), asking, clock, new SixWords(Words.Language.valueOf(language.toUpperCase(Locale.ROOT))), cost);
        switch (word()) {
            case "init" -> alone(ceremony::init);
            case "enroll" -> {
                Path file = Path.of(word());
                alone(() -> ceremony.enroll(file, replace));
            }
            case "certify" -> alone(() -> ceremony.certify(days));
            case "rotate" -> alone(() -> ceremony.rotate(days));
            case "show" -> alone(ceremony::show);
            default -> throw new IllegalArgumentException("no such command");
        }
        return 0;
    }

    private interface Command {
        void run() throws IOException;
    }

    /** Nothing may stand behind what was understood. */
    private void alone(Command command) throws IOException {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("too many words");
        }
        command.run();
    }

    private String word() {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("a word is missing");
        }
        return rest.removeFirst();
    }

    private void parse(String... arguments) {
        Deque<String> all = new ArrayDeque<>(Arrays.asList(arguments));
        while (!all.isEmpty()) {
            String one = all.removeFirst();
            switch (one) {
                case "--dir" -> folder = value(all);
                case "--language" -> language = value(all);
                case "--days" -> days = Integer.parseInt(value(all));
                case "--replace" -> replace = true;
                default -> rest.addLast(one);
            }
        }
    }

    private static String value(Deque<String> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a value is missing");
        }
        return all.removeFirst();
    }
}
