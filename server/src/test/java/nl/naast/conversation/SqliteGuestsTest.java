package nl.naast.conversation;

import nl.naast.platform.Clock;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

class SqliteGuestsTest extends GuestsContract {
    private SqliteStore store;
    private SqliteConversationRows rows;

    @Override
    Conversations open(Wrap wrap, Clock clock) {
        store = sqlite(ConversationModule.migration(1), ConversationModule.relayMigration(2), ConversationModule.guestMigration(3));
        rows = new SqliteConversationRows(wrap);
        return new SqliteConversations(store, rows, wrap, clock);
    }

    @Override
    void plant(Conversation fresh) throws Exception {
        done(store.write(connection -> rows.insert(connection, fresh)));
    }
}
