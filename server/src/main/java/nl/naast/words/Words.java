package nl.naast.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nl.naast.canon.Hash;
import nl.naast.platform.RandomSource;

/** A list of 2,048 words, 11 bits each. */
public final class Words {
    /** Which list. */
    public enum Language { NL, EN }

    private static final int BITS = 11;
    private static final int LETTERS = 4;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^a-z]+");
    private static final Map<Language, Words> ALL = new EnumMap<>(Map.of(Language.NL, new Words(load(Language.NL)), Language.EN, new Words(load(Language.EN))));

    private final List<String> list;
    private final Map<String, Integer> numbers = new HashMap<>();

    private Words(List<String> list) {
        this.list = list;
        for (int i = 0; i < list.size(); i++) {
            numbers.put(start(list.get(i)), i);
        }
    }

    public static Words of(Language language) {
        return ALL.get(language);
    }

    /** The first 11 bits of each of {@code count} words. */
    public List<String> encode(byte[] bits, int count) {
        if (bits.length * 8 < count * BITS) {
            throw new IllegalArgumentException("too few bits for so many words");
        }
        return IntStream.range(0, count).mapToObj(word -> list.get(eleven(bits, word * BITS))).toList();
    }

    /** The six words of a hash, 66 bits, that two people compare by voice. */
    public List<String> six(Hash hash) {
        return encode(hash.bytes(), 6);
    }

    /** Drawn by chance, each with the same probability. */
    public List<String> random(RandomSource random, int count) {
        return encode(random.bytes((count * BITS + 7) / 8), count);
    }

    /**
     * What somebody typed: capitals, blanks, commas, accents and numbers between the words make no difference, and of each word its first four letters are enough.
     *
     * @return the words as they stand in the list; empty when one is none of it, and for no word at all
     */
    public Optional<List<String>> read(String text) {
        String letters = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
        List<Integer> found = Arrays.stream(BETWEEN.split(letters)).filter(word -> !word.isEmpty()).map(word -> numbers.getOrDefault(start(word), -1)).toList();
        return found.isEmpty() || found.contains(-1) ? Optional.empty() : Optional.of(found.stream().map(list::get).toList());
    }

    private static String start(String word) {
        return word.substring(0, Math.min(LETTERS, word.length()));
    }

    private static int eleven(byte[] bits, int from) {
        int value = 0;
        for (int at = from; at < from + BITS; at++) {
            value = value * 2 + (bits[at / 8] >> (7 - at % 8) & 1);
        }
        return value;
    }

    private static List<String> load(Language language) {
        try (InputStream in = Words.class.getResourceAsStream("/words/" + language.name().toLowerCase(Locale.ROOT) + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
