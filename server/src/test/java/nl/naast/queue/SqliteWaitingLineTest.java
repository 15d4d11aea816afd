package nl.naast.queue;

import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.SqliteConversationRows;
import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The line, in SQLite")
class SqliteWaitingLineTest extends WaitingLineContract {
    @Override
    WaitingLine open(Wrap wrap, Clock clock) {
        return new SqliteWaitingLine(sqlite(ConversationModule.migration(1), ConversationModule.relayMigration(2), ConversationModule.guestMigration(3)), new SqliteConversationRows(wrap), clock);
    }
}
