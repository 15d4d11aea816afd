package nl.naast.keys;

import java.util.Arrays;
import java.util.List;
import nl.naast.canon.Hash;
import nl.naast.platform.RandomSource;
import nl.naast.words.Words;

/** Six words of a hash: said in one language, understood in both. */
record SixWords(Words.Language language) {
    String of(Hash hash) {
        return String.join(" ", Words.of(language).six(hash));
    }

    boolean match(String typed, Hash hash) {
        return Arrays.stream(Words.Language.values()).map(Words::of).anyMatch(words -> words.read(typed).map(words.six(hash)::equals).orElse(false));
    }

    /** Seven words, 77 bits, for a passphrase. */
    String drawn(RandomSource random) {
        List<String> seven = Words.of(language).random(random, 7);
        return String.join(" ", seven);
    }
}
