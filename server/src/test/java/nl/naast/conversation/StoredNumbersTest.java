package nl.naast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import nl.naast.conversation.Guest.Purpose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every sealed envelope in every store carries these two numbers: a constant that gets another one makes old rows read as something else. */
class StoredNumbersTest {
    // seen failing: with EXPERT(2), and with COMMIT and ADD changed over
    @Test
    @DisplayName("whose an envelope is, and of which kind, is stored as the number that it always had")
    void numbers() {
        assertEquals(Map.of("VISITOR", 0, "EXPERT", 1, "GUEST", 2), Arrays.stream(Party.values()).collect(Collectors.toMap(Party::name, party -> (int) party.stored())));
        assertEquals(Map.of("TRANSFER", 0, "LOOK", 1), Arrays.stream(Purpose.values()).collect(Collectors.toMap(Purpose::name, purpose -> (int) purpose.stored())));
        assertEquals(Map.of("MESSAGE", 0, "COMMIT", 1, "ADD", 2), Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::name, kind -> (int) kind.stored())));
    }

    // seen failing: with ofStored answering values()[number], for the constants in another order
    @Test
    @DisplayName("a stored number is read as what has it, and one that nothing has is no envelope")
    void readBack() {
        for (Party party : Party.values()) {
            assertSame(party, Party.ofStored(party.stored()));
        }
        for (Kind kind : Kind.values()) {
            assertSame(kind, Kind.ofStored(kind.stored()));
        }
        for (Purpose purpose : Purpose.values()) {
            assertSame(purpose, Purpose.ofStored(purpose.stored()));
        }
        assertThrows(IllegalStateException.class, () -> Purpose.ofStored((byte) 2));
        assertThrows(IllegalStateException.class, () -> Party.ofStored((byte) 3));
        assertThrows(IllegalStateException.class, () -> Kind.ofStored((byte) 3));
    }
}
