package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.house.House;
import nl.naast.house.MovableClock;
import nl.naast.live.Attendance.Here;
import nl.naast.platform.Id16;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who is connected to another process")
class ElsewhereTest {
    private static final TokenHash SHE = new TokenHash("she");
    private static final StaffId STAFF = new StaffId(Id16.random(RandomSource.system()));
    private static final Here NOBODY = new Here(Set.of(), Map.of());

    private final MovableClock clock = new MovableClock();
    private Future<List<Here>> told = Future.succeededFuture(List.of());

    private final class Told implements Attendance {
        @Override
        public Future<List<Here>> exchange(Here mine) {
            return told;
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

    private final Elsewhere elsewhere = new Elsewhere(new Told(), clock);

    private void pass(int seconds) throws Exception {
        for (int i = 0; i < seconds; i++) {
            clock.move(Duration.ofSeconds(1));
            elsewhere.exchange(NOBODY).otherwiseEmpty().toCompletionStage().toCompletableFuture().get();
        }
    }

    // seen failing: without heard.heard for visitors
    @Test
    @DisplayName("her silence begins when the last of them told of her")
    void silence() throws Exception {
        told = Future.succeededFuture(List.of(new Here(Set.of(SHE), Map.of())));
        pass(60);
        assertEquals(Optional.of(Duration.ZERO), elsewhere.silence(SHE));
        told = Future.succeededFuture(List.of());
        pass(44);
        assertEquals(Optional.of(Duration.ofSeconds(44)), elsewhere.silence(SHE));
    }

    // seen failing: without heard.forgetAll()
    @Test
    @DisplayName("when nothing could be asked for a while, everybody has the full time again: not to know is no reason to hold anybody for gone")
    void unsure() throws Exception {
        told = Future.succeededFuture(List.of(new Here(Set.of(SHE), Map.of())));
        pass(5);
        told = Future.failedFuture("the database is away");
        pass(600);
        assertEquals(Optional.of(Duration.ofSeconds(600)), elsewhere.silence(SHE));
        told = Future.succeededFuture(List.of());
        pass(1);
        assertEquals(Optional.of(Duration.ZERO), elsewhere.silence(SHE));
    }

    // seen failing: without since.values().removeIf
    @Test
    @DisplayName("the languages of a desk are known while it is told of, and for ten seconds")
    void desks() throws Exception {
        told = Future.succeededFuture(List.of(new Here(Set.of(), Map.of(STAFF, Set.of("nl", "ar")))));
        pass(1);
        assertEquals(Set.of("nl", "ar"), elsewhere.languages(STAFF));
        assertTrue(elsewhere.staff().contains(STAFF) && elsewhere.within(STAFF, Duration.ofSeconds(8)));
        told = Future.succeededFuture(List.of());
        pass(11);
        assertFalse(elsewhere.staff().contains(STAFF) || elsewhere.within(STAFF, Duration.ofSeconds(8)));
        assertEquals(Set.of(), elsewhere.languages(STAFF));
    }

    @Test
    @DisplayName("where there is no other process, nobody is asked")
    void alone() throws Exception {
        Elsewhere nowhere = new Elsewhere(new Attendance.Alone(), clock);
        House.await(nowhere.exchange(NOBODY));
        assertEquals(Optional.empty(), nowhere.silence(SHE));
    }
}
