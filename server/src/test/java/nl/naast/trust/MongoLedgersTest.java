package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledgers.Revoked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Statements, roster and revocations, in MongoDB")
class MongoLedgersTest extends LedgersContract {
    private MongoStore store;
    private MongoLedgers ledgers;

    @Override
    Ledgers open(Wrap wrap, Clock clock) throws Exception {
        store = mongo(TrustModule.tables());
        ledgers = new MongoLedgers(store, wrap, clock);
        return ledgers;
    }

    // seen failing: with both kinds taken out at once, of which the second then counted none
    @Test
    @DisplayName("the sweep writes the document without what has expired, counts each kind, and leaves the version")
    final void sweep() throws Exception {
        Ledger.Entry gone = entry(new StaffId(id()));
        done(ledgers.step(step(0, Optional.of(entry(new StaffId(id()))), new Revoked(gone, new SignedRevocation(new byte[] {7}, gone.notAfter())))));
        clock.move(Duration.ofDays(1));
        done(ledgers.step(step(1, Optional.of(entry(new StaffId(id()))))));
        List<Purge> purges = ledgers.purges(Duration.ofDays(90));
        assertEquals(List.of(0, 0), swept(purges));
        int before = size();
        clock.move(Duration.ofDays(89));
        assertEquals(List.of(1, 1), swept(purges));
        assertEquals(List.of(0, 0), swept(purges));
        assertTrue(size() < before);
        assertEquals(2, done(ledgers.read()).version());
        assertEquals(1, done(ledgers.read()).statements().size());
    }

    private List<Integer> swept(List<Purge> purges) throws Exception {
        LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        return List.of(done(purges.getFirst().purge(today, 10)), done(purges.getLast().purge(today, 10)));
    }

    private int size() throws Exception {
        return MongoStore.bytes(done(store.first(() -> store.collection("trust_ledger").find())).orElseThrow(), "sealed").length;
    }
}
