package nl.naast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversation.Why;
import nl.naast.platform.Id16;
import nl.naast.platform.RandomSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A newer desk takes over what an older one has (protocol.md §7)")
class TakeOverTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private final Claim claim = new Claim(new ClaimId(id()), new StaffId(id()), 3, 1, new byte[40]);

    private static Id16 id() {
        return Id16.random(RandomSource.system());
    }

    private Conversation row(State state, long fromSeq) {
        Conversation claimed = Conversation.fresh(new ConversationId(id()), new TokenHash("tag"), "nl", new byte[65], NOW, NOW.plusSeconds(600)).withClaim(claim, NOW);
        return claimed.with(state, new Log("", 1, fromSeq, fromSeq, 0, 0, 0), claimed.facts());
    }

    private Optional<Conversation> after(Conversation row, ClaimId which, long fence) {
        return TakeOver.decide(row, which, fence, NOW).next();
    }

    private Optional<Conversation> after(Conversation row) {
        return after(row, claim.id(), 4);
    }

    @Test
    @DisplayName("whom she talks with goes over; whom she had only claimed, or who was on her way in, waits at the head again")
    void states() {
        Conversation talks = after(row(State.TALKING, 1)).orElseThrow();
        assertEquals(State.TALKING, talks.state());
        assertEquals(4, talks.claim().orElseThrow().fence());
        for (State state : new State[] {State.CLAIMED, State.JOINING}) {
            Conversation waits = after(row(state, 1)).orElseThrow();
            assertEquals("WAITING RELEASED 0", waits.state() + " " + waits.facts().again().orElseThrow() + " " + waits.facts().missed());
            assertTrue(waits.claim().isEmpty());
        }
    }

    // seen failing: with every ended one going over, and with none
    @Test
    @DisplayName("one that has ended goes over if something in it may still be read: she had joined, and did not close it herself")
    void ended() {
        Instant later = NOW.plusSeconds(600);
        assertEquals(4, after(row(State.TALKING, 1).ended(Why.LEFT, NOW, later)).orElseThrow().claim().orElseThrow().fence());
        assertEquals(4, after(row(State.JOINING, 1).ended(Why.GONE, NOW, later)).orElseThrow().claim().orElseThrow().fence());
        assertTrue(after(row(State.TALKING, 1).ended(Why.CLOSED, NOW, later)).isEmpty());
        assertTrue(after(row(State.CLAIMED, 0).ended(Why.LEFT, NOW, later)).isEmpty());
    }

    @Test
    @DisplayName("another claim, a desk that has it already, and one that comes too late change nothing")
    void stays() {
        Conversation row = row(State.TALKING, 1);
        assertTrue(after(row, new ClaimId(id()), 4).isEmpty());
        assertTrue(after(row, claim.id(), 3).isEmpty());
        assertTrue(after(row, claim.id(), 2).isEmpty());
        assertTrue(after(row(State.CLAIMED, 0), claim.id(), 3).isEmpty());
        Conversation released = row.released(Again.VANISHED, NOW);
        assertTrue(after(released).isEmpty());
    }
}
