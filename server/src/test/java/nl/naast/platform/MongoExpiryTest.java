package nl.naast.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The fields by which a document expires")
class MongoExpiryTest {
    private static final Instant LATE = Instant.parse("2100-11-25T23:56:00Z");

    // seen failing: with OVER at the end of the day itself
    @Test
    @DisplayName("MongoDB's own index comes a day behind our sweep: its clock may be hours ahead, and a mark that still holds must not be destroyed by it")
    void behind() {
        Document fields = MongoExpiry.fields(LATE);
        assertEquals(LocalDate.of(2100, 11, 25).toEpochDay(), fields.get(MongoExpiry.DAY));
        Duration behind = Duration.between(LATE, fields.getDate(MongoExpiry.OVER).toInstant());
        assertTrue(behind.compareTo(Duration.ofDays(1)) > 0 && behind.compareTo(Duration.ofDays(2)) <= 0, behind.toString());
    }
}
