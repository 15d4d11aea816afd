package nl.naast.staff;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Id16;

/** Where invitations are kept; what is kept of a code is a tag. An expired, used or withdrawn one is never answered. */
interface Invitations {
    /** What an invitation is made of, but for whom it describes. */
    record Fresh(Id16 id, InvitationCode code, Instant expiresAt) {
    }

    /**
     * Keeps an invitation by an active administrator. The same id again replaces it, and its older code is void. When its maker is suspended it is withdrawn ({@link People#suspend}).
     *
     * @return false, and nothing changed, when this one was used or withdrawn, or its maker is no active administrator (any more)
     */
    Future<Boolean> put(Invitation invitation, InvitationCode code, StaffId maker);

    /** An invitation by nobody, kept only while there is no person at all. */
    Future<Boolean> putFirst(Invitation invitation, InvitationCode code);

    Future<Optional<Invitation>> find(InvitationCode code);

    Future<List<Invitation>> open();

    /** @return false when there is no such open invitation */
    Future<Boolean> withdraw(Id16 id);
}
