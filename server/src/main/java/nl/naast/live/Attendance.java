package nl.naast.live;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** Who is connected to which process of one database. It stands in the database and not on the event bus, since conversations end by it: what is lost on the bus must cost a delay only. */
interface Attendance {
    /**
     * @param visitors those of open conversations
     * @param desks with the languages their experts speak
     */
    record Here(Set<TokenHash> visitors, Map<StaffId, Set<String>> desks) {
        @Override
        public String toString() {
            return "Here[***]";
        }
    }

    /** Tells who is connected to this process. @return what each other process has told since it was asked last, or nothing for one that told nothing */
    Future<List<Here>> exchange(Here mine);

    /** This process goes down. */
    Future<Void> leave();

    List<Purge> purges();

    static Attendance of(Store store, Wrap wrap, Clock clock) {
        return switch (store) {
            // A second process is refused there.
            case SqliteStore alone -> new Alone();
            case MongoStore mongo -> new MongoAttendance(mongo, wrap, clock);
        };
    }

    /** There is no other process. */
    record Alone() implements Attendance {
        @Override
        public Future<List<Here>> exchange(Here mine) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<Void> leave() {
            return Future.succeededFuture();
        }

        @Override
        public List<Purge> purges() {
            return List.of();
        }
    }
}
