package nl.naast.staff;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** All of hers, locked ones too. */
    Future<List<TokenHash>> of(StaffId who);

    /** Whether whoever is in it takes what needs a coordinator; nothing until it is said. @return false when there is no such session, or it is locked */
    Future<Boolean> available(TokenHash token, boolean yes);

    /** Whether that was last said in this session, and it is not locked. */
    Future<Boolean> isAvailable(TokenHash token);

    /** Who is available in a session that is not locked. */
    Future<Set<StaffId>> available();
}
