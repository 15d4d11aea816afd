package nl.naast.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped.Why;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Change;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationId;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Giving back while the store fails")
class StoppedTest extends Contract {
    private final StaffId staff = new StaffId(id());
    private DeskModule desks;

    /** A store without any table: the first that is asked for is the lease. */
    @BeforeEach
    void failing() {
        desks = new DeskModule(sqlite(), wrap, clock, Duration.ofDays(90), null, null, null);
    }

    // seen failing: with the failure dropped
    @Test
    @DisplayName("of somebody who was suspended leaves a line in the log")
    void stopped() throws Exception {
        long before = Log.said(LogCode.RELEASE_FAILED);
        desks.stopped(staff, Optional.empty(), Why.values()[0]);
        // Nobody waits for it: it is told on a thread of its own.
        for (int i = 0; i < 500 && Log.said(LogCode.RELEASE_FAILED) == before; i++) {
            Thread.sleep(10);
        }
        assertEquals(before + 1, Log.said(LogCode.RELEASE_FAILED));
    }

    // seen failing: with the failure dropped
    @Test
    @DisplayName("of a conversation that left its desk leaves a line in the log, and is told to whoever asked")
    void noticed() {
        long before = Log.said(LogCode.RELEASE_FAILED);
        Conversation fresh = Conversation.fresh(new ConversationId(id()), new TokenHash("tag"), "nl", new byte[65], clock.now(), clock.now().plusSeconds(60));
        Conversation claimed = fresh.withClaim(new Claim(new ClaimId(id()), staff, 1, 1, new byte[40]), clock.now());
        assertThrows(Exception.class, () -> done(desks.noticed(new Change(Optional.of(claimed), fresh, Optional.empty()))));
        assertEquals(before + 1, Log.said(LogCode.RELEASE_FAILED));
    }
}
