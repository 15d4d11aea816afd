package nl.naast.queue;

import nl.naast.conversation.MongoConversationRows;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The line, in MongoDB")
class MongoWaitingLineTest extends WaitingLineContract {
    @Override
    WaitingLine open(Wrap wrap, Clock clock) throws Exception {
        MongoStore store = mongo(MongoConversationRows.tables());
        return new MongoWaitingLine(store, new MongoConversationRows(store, wrap), clock);
    }
}
