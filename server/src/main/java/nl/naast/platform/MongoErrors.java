package nl.naast.platform;

import com.mongodb.DuplicateKeyException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import java.util.Set;

/** What an error of the database means for us. */
final class MongoErrors {
    /**
     * From MongoDB's list of error codes: HostUnreachable, HostNotFound, LockTimeout, NetworkTimeout, WriteConcernFailed, ShutdownInProgress, PrimarySteppedDown, WriteConflict, ReadConcernMajorityNotAvailableYet, ExceededTimeLimit, SocketException,
     * NotWritablePrimary, InterruptedAtShutdown, Interrupted, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> PASSING = Set.of(6, 7, 24, 89, 64, 91, 189, 112, 134, 262, 9001, 10107, 11600, 11601, 11602, 13435, 13436);

    private MongoErrors() {
    }

    /** A unique index says that it is there already. */
    static boolean duplicate(Throwable failed) {
        return failed instanceof DuplicateKeyException || failed instanceof MongoWriteException written && written.getError().getCategory() == ErrorCategory.DUPLICATE_KEY
            || failed instanceof MongoCommandException command && ErrorCategory.fromErrorCode(command.getErrorCode()) == ErrorCategory.DUPLICATE_KEY;
    }

    /** Another try may do: the connection, the primary or a lock was in the way. Whether the write was carried out is not known. */
    static boolean passing(Throwable failed) {
        return switch (failed) {
            case MongoSocketException lost -> true;
            case MongoTimeoutException nobody -> true;
            case MongoConnectionPoolClearedException othersLost -> true;
            case MongoNotPrimaryException elsewhere -> true;
            case MongoNodeIsRecoveringException soon -> true;
            case MongoExecutionTimeoutException slow -> true;
            case MongoWriteConcernException unsure -> true;
            case MongoClientException ours -> false;
            case MongoException said -> PASSING.contains(said.getCode()) || said.hasErrorLabel("RetryableWriteError") || said.hasErrorLabel("TransientTransactionError");
            default -> false;
        };
    }
}
