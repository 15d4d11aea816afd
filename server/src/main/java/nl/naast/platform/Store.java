package nl.naast.platform;

import io.vertx.core.Future;
import java.time.Duration;

/** Where everything is kept that outlives a request: embedded, or MongoDB. A capability's Module chooses its stores by an exhaustive switch; nothing else asks which one it is. */
public sealed interface Store extends AutoCloseable permits SqliteStore, MongoStore {
    /** @return whether it can be read now */
    Future<Boolean> answers();

    /** After a sweep: makes what was deleted unreadable, as far as the store can. Fails with {@link StoreBusy} when something was in the way; the next sweep does it again. */
    Future<Void> checkpoint();

    /** Destroys what lies in one table (or collection) by its expiry day alone. @param kept see {@link Purge#kept()} */
    Purge purge(String name, String table, Duration kept);

    /** One line for the operator: which store, and where, without a password. */
    String name();

    /** Finishes what is on its way, then lets go. Blocks: never on an event loop. */
    @Override
    void close();
}
