package nl.naast.house.twin.alpha;

import io.vertx.core.Future;

/** Breaks: only use cases await. */
class SqliteWaits {
    int wait(Future<Integer> answer) {
        return answer.await();
    }
}
