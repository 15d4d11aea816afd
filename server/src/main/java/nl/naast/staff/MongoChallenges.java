package nl.naast.staff;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;

/** {@link Challenges} in MongoDB: the id of a used one is its tag, and there is one document with it. */
final class MongoChallenges implements Challenges {
    private final MongoStore store;
    private final Sealed sealed;
    private final Clock clock;

    MongoChallenges(MongoStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Future<Boolean> use(Challenge challenge) {
        String tag = Base64Url.encode(sealed.wrap().tag("challenge", challenge.value().getBytes(StandardCharsets.UTF_8)));
        return challenge.expiresAt().isAfter(clock.now()) ? store.insert(MongoStaffTables.CHALLENGE, MongoExpiry.fields(challenge.expiresAt()).append("_id", tag)) : Future.succeededFuture(false);
    }
}
