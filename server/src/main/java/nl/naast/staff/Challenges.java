package nl.naast.staff;

import io.vertx.core.Future;
import java.util.Optional;
import nl.naast.platform.Id16;

/** Where open challenges are kept: id, tag of the challenge, expiry. Anybody may ask for one, so only the newest {@link #MOST} are. */
interface Challenges {
    int MOST = 1_000;

    /** @param value the challenge itself, as it stands in the options */
    Future<Void> put(Challenge challenge, String value);

    /** Takes a challenge away, whatever comes of it: it is good for one try. @return empty when there is none with this id, value and purpose, or it expired */
    Future<Optional<Challenge>> take(Id16 id, String value, Challenge.Purpose purpose);
}
