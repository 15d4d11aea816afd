package nl.naast.conversation;

import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Claim;

/** Who wants to act in a conversation, with what proves it: the capability's tag, or the staff id and the fencing number of her desk. */
public sealed interface Member {
    record OfVisitor(TokenHash token) implements Member {
    }

    record OfDesk(StaffId staff, long fence) implements Member {
        private boolean has(Claim seat) {
            return seat.staff().equals(staff) && seat.fence() == fence;
        }
    }

    /** @return her side in this conversation, or empty: then it does not exist for her */
    default Optional<Party> in(Conversation conversation) {
        return switch (this) {
            case OfVisitor(TokenHash token) -> conversation.visitor().equals(token) ? Optional.of(Party.VISITOR) : Optional.empty();
            case OfDesk desk -> conversation.claim().filter(desk::has).isPresent() ? Optional.of(Party.EXPERT)
                : conversation.guest().flatMap(Guest::seat).filter(desk::has).map(seat -> Party.GUEST);
        };
    }
}
