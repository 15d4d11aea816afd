package nl.naast.staff;

import io.vertx.core.Future;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** Where sessions are kept. An expired one is never answered. */
interface Sessions {
    Future<Void> open(Session session);

    /** Locked ones too. */
    Future<Optional<Session>> find(TokenHash token);

    /** @return false when there is no such session, or it is locked already */
    Future<Boolean> lock(TokenHash token);

    /** @return false when there was none */
    Future<Boolean> end(TokenHash token);

    Future<Void> endAll(StaffId who);
}
