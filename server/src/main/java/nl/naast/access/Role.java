package nl.naast.access;

import java.util.Locale;
import java.util.Optional;

/** What a member of staff may be; one person may be several. Which role may do what stands in docs/roles.md. */
public enum Role {
    EXPERT, COORDINATOR, ADMINISTRATOR;

    /** The word on the wire and in the store: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> parse(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
