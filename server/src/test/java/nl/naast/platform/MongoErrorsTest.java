package nl.naast.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers and names: MongoDB's src/mongo/base/error_codes.yml, and the manual's page "Error Codes". */
@DisplayName("What an error of the database means for us")
class MongoErrorsTest {
    private static final ServerAddress SOMEWHERE = new ServerAddress("127.0.0.1", 1);

    private static MongoCommandException command(int code, String name) {
        return new MongoCommandException(new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code)).append("codeName", new BsonString(name)).append("errmsg", new BsonString(name)), SOMEWHERE);
    }

    // seen failing: with 112 left out of the list, and with 13 in it
    @ParameterizedTest(name = "{1} passes: {2}")
    @DisplayName("a write conflict, a deadlock, a primary that is elsewhere or going down pass; what is ours or forbidden stays")
    @CsvSource({"112, WriteConflict, true", "24, LockTimeout, true", "91, ShutdownInProgress, true", "189, PrimarySteppedDown, true", "10107, NotWritablePrimary, true", "11600, InterruptedAtShutdown, true",
        "13435, NotPrimaryNoSecondaryOk, true", "11602, InterruptedDueToReplStateChange, true", "64, WriteConcernFailed, true", "11000, DuplicateKey, false", "13, Unauthorized, false", "26, NamespaceNotFound, false",
        "9, FailedToParse, false", "121, DocumentValidationFailure, false"})
    void numbers(int code, String name, boolean passes) {
        assertEquals(passes, MongoErrors.passing(command(code, name)), name);
    }

    static Stream<Throwable> lost() {
        MongoException labelled = new MongoException(0, "unknown to us");
        labelled.addLabel("RetryableWriteError");
        return Stream.of(new MongoSocketException("gone", SOMEWHERE), new MongoTimeoutException("nobody"), new MongoConnectionPoolClearedException(new ServerId(new ClusterId(), SOMEWHERE), null), labelled);
    }

    // seen failing: with each of the four left out
    @ParameterizedTest
    @DisplayName("a connection that was lost passes, and what the server itself calls repeatable")
    @MethodSource("lost")
    void connections(Throwable failed) {
        assertTrue(MongoErrors.passing(failed));
    }

    @Test
    @DisplayName("what the driver refuses and what is no error of the database does not pass; only a unique index says duplicate")
    void ours() {
        MongoWriteException duplicate = new MongoWriteException(new WriteError(11000, "there", new BsonDocument()), SOMEWHERE, Set.of());
        assertFalse(MongoErrors.passing(new MongoClientException("malformed")) || MongoErrors.passing(new IllegalStateException()) || MongoErrors.passing(duplicate));
        assertTrue(MongoErrors.duplicate(duplicate) && MongoErrors.duplicate(command(11000, "DuplicateKey")));
        assertFalse(MongoErrors.duplicate(command(112, "WriteConflict")) || MongoErrors.duplicate(new MongoSocketException("gone", SOMEWHERE)));
    }
}
