package nl.naast.desk;

import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Store;
import nl.naast.queue.QueueModule;
import org.junit.jupiter.api.DisplayName;

@DisplayName("What becomes of conversations when the lease changes, in SQLite")
class SqliteLeaseMovesTest extends LeaseMovesContract {
    @Override
    Store open() {
        return sqlite(ConversationModule.migration(1), DeskModule.migration(2), QueueModule.migration(3), ConversationModule.relayMigration(4), ConversationModule.guestMigration(5));
    }
}
