package nl.naast.desk;

import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Store;
import nl.naast.queue.QueueModule;
import org.junit.jupiter.api.DisplayName;

@DisplayName("What becomes of conversations when the lease changes, in MongoDB")
class MongoLeaseMovesTest extends LeaseMovesContract {
    @Override
    Store open() throws Exception {
        return mongo(ConversationModule.tables(), DeskModule.tables(), QueueModule.tables());
    }
}
