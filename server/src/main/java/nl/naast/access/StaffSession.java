package nl.naast.access;

import java.time.Instant;
import java.util.Set;

/**
 * A live session of a member of staff: signed in, not locked, not suspended, not ended.
 *
 * @param languages the language tags she speaks with visitors
 * @param token the tag of the session's token
 * @param endsAt when it ends by itself
 */
public record StaffSession(Caller.Staff who, Set<String> languages, TokenHash token, Instant endsAt) {
    public StaffSession {
        languages = Set.copyOf(languages);
    }
}
