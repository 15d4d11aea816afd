package nl.naast.access;

import java.util.Set;

/** Who speaks, once she has proved it. Being a caller allows nothing yet: each use case asks whether this caller may do this to that. */
public sealed interface Caller {
    /** Whoever holds a capability; whether a conversation belongs to it is not known here. */
    record Visitor(TokenHash token) implements Caller {
    }

    /** A signed-in, unlocked member of staff. */
    record Staff(StaffId id, Set<Role> roles) implements Caller {
        public Staff {
            roles = Set.copyOf(roles);
        }

        public boolean is(Role role) {
            return roles.contains(role);
        }
    }
}
