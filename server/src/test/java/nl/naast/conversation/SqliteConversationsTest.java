package nl.naast.conversation;

import nl.naast.house.House;
import nl.naast.platform.Clock;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Conversations, in SQLite")
class SqliteConversationsTest extends ConversationsContract {
    private SqliteStore store;
    private SqliteConversationRows rows;

    @Override
    Conversations open(Wrap wrap, Clock clock) {
        store = sqlite(ConversationModule.migration(1));
        rows = new SqliteConversationRows(wrap);
        return new SqliteConversations(store, rows, wrap, clock);
    }

    @Override
    void plant(Conversation fresh) throws Exception {
        House.await(store.write(connection -> rows.insert(connection, fresh)));
    }
}
