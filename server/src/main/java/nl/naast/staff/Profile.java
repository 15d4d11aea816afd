package nl.naast.staff;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.naast.access.Role;

/**
 * What an invitation says of somebody, and what she is from her registration on.
 *
 * @param alias     1 … 40 characters and at most 64 bytes of UTF-8, in normalization form C; no control character, nothing unseen or that turns the direction of writing, no blank at an end: visitors read it
 * @param roles     at least one
 * @param languages tags as in docs/formats.md §1, at most 32
 */
record Profile(String alias, Set<Role> roles, Set<String> languages) {
    private static final Pattern TAG = Pattern.compile("[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u061c\\u200b-\\u200f\\u2060\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");
    private static final int MOST_CHARACTERS = 40;
    private static final int MOST_BYTES = 64;

    Profile {
        roles = Set.copyOf(roles);
        languages = Set.copyOf(languages);
    }

    /** @return the profile, or empty when a field is missing, of another type or not allowed */
    static Optional<Profile> parse(JsonObject json) {
        if (!(json.getValue("alias") instanceof String alias) || !isAlias(alias)) {
            return Optional.empty();
        }
        Optional<List<String>> roles = texts(json.getValue("roles")).filter(words -> !words.isEmpty() && words.stream().allMatch(word -> Role.parse(word).isPresent()));
        Optional<List<String>> languages = texts(json.getValue("languages")).filter(tags -> tags.size() <= 32 && tags.stream().allMatch(tag -> TAG.matcher(tag).matches()));
        return roles.flatMap(words -> languages.map(tags -> new Profile(alias, words.stream().map(word -> Role.parse(word).orElseThrow()).collect(Collectors.toSet()), Set.copyOf(tags))));
    }

    private static boolean isAlias(String text) {
        int characters = text.codePointCount(0, text.length());
        return characters >= 1 && characters <= MOST_CHARACTERS && text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
            && text.equals(text.strip()) && Normalizer.isNormalized(text, Normalizer.Form.NFC) && !FORBIDDEN.matcher(text).find();
    }

    /** A list of different texts. */
    private static Optional<List<String>> texts(Object value) {
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(String.class::isInstance)) {
            return Optional.empty();
        }
        List<String> texts = array.stream().map(String.class::cast).toList();
        return Set.copyOf(texts).size() == texts.size() ? Optional.of(texts) : Optional.empty();
    }

    /** The three fields, lists in a fixed order. */
    JsonObject json() {
        JsonArray words = new JsonArray();
        roles.stream().sorted().forEach(role -> words.add(role.word()));
        return new JsonObject().put("alias", alias).put("roles", words).put("languages", new JsonArray(List.copyOf(new TreeSet<>(languages))));
    }

    @Override
    public String toString() {
        return "Profile[***]";
    }
}
