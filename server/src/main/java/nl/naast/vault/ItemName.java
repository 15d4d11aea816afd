package nl.naast.vault;

import java.util.Optional;
import java.util.Set;
import nl.naast.platform.Id16;

/** What an item is called: one of the three that a person has for good, or the claim whose conversation it is about. */
record ItemName(String text) {
    private static final Set<String> FOR_GOOD = Set.of("keyring", "keys", "notes");

    /** What opens the rest. */
    static final ItemName KEYRING = new ItemName("keyring");

    static Optional<ItemName> parse(Object value) {
        return value instanceof String text && (FOR_GOOD.contains(text) || Id16.parse(text).isPresent()) ? Optional.of(new ItemName(text)) : Optional.empty();
    }

    /** Only such an item has lines, an end of its own, and can be dropped. */
    boolean ofTalk() {
        return !FOR_GOOD.contains(text);
    }

    @Override
    public String toString() {
        return "ItemName[***]";
    }
}
