package nl.naast.staff;

import io.vertx.core.Future;

/** Which challenges were used. Anybody may ask for one, so asking leaves nothing behind: only a good answer does. */
interface Challenges {
    /** Uses a challenge up. @return false when it was used before, or its time is over */
    Future<Boolean> use(Challenge challenge);
}
