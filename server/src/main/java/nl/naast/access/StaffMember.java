package nl.naast.access;

import java.util.Set;

/**
 * A member of staff as the other capabilities may know her.
 *
 * @param alias     what visitors see; never a real name
 * @param languages the language tags she speaks with visitors
 */
public record StaffMember(StaffId id, String alias, Set<Role> roles, Set<String> languages) {
    public StaffMember {
        roles = Set.copyOf(roles);
        languages = Set.copyOf(languages);
    }

    @Override
    public String toString() {
        return "StaffMember[***]";
    }
}
