package nl.naast.conversation;

import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** Who wants to act in a conversation, with what proves it: the capability's tag, or the staff id and the fencing number of her desk. */
public sealed interface Member {
    record OfVisitor(TokenHash token) implements Member {
    }

    record OfDesk(StaffId staff, long fence) implements Member {
    }

    /** @return her side in this conversation, or empty: then it does not exist for her */
    default Optional<Party> in(Conversation conversation) {
        boolean is = switch (this) {
            case OfVisitor(TokenHash token) -> conversation.visitor().equals(token);
            case OfDesk(StaffId staff, long fence) -> conversation.claim().filter(claim -> claim.staff().equals(staff) && claim.fence() == fence).isPresent();
        };
        return is ? Optional.of(this instanceof OfVisitor ? Party.VISITOR : Party.EXPERT) : Optional.empty();
    }
}
