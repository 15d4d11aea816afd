package nl.naast.conversation;

import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Wrap;

class MongoGuestsTest extends GuestsContract {
    private MongoStore store;
    private MongoConversationRows rows;

    @Override
    Conversations open(Wrap wrap, Clock clock) throws Exception {
        store = mongo(MongoConversationRows.tables());
        rows = new MongoConversationRows(store, wrap);
        return new MongoConversations(store, rows, wrap, clock);
    }

    @Override
    void plant(Conversation fresh) throws Exception {
        done(rows.arrived(fresh).compose(row -> store.first(() -> store.collection(MongoConversationRows.TABLE).insertOne(rows.document(row)))));
    }
}
