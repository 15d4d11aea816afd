package nl.naast.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.MongoConversationRows;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The line, in MongoDB")
class MongoWaitingLineTest extends WaitingLineContract {
    private MongoWaitingLine opened;

    @Override
    WaitingLine open(Wrap wrap, Clock clock) throws Exception {
        MongoStore store = mongo(MongoConversationRows.tables());
        opened = new MongoWaitingLine(store, new MongoConversationRows(store, wrap), clock);
        return opened;
    }

    // seen failing: with the version alone in the condition, she was claimed twice
    @Test
    @DisplayName("a visitor who was claimed while she was read, and was sent as waiting at her new version, is not claimed again")
    void torn() throws Exception {
        Conversation waiting = joined("nl");
        assertEquals(Optional.of(waiting.id()), got(done(opened.claimFirst(claim(), Set.of("nl")))));
        Conversation torn = new Conversation(waiting.id(), waiting.state(), waiting.arrival(), waiting.visitor(), waiting.claim(), waiting.log(), waiting.facts(), waiting.version() + 1);
        assertEquals(Optional.empty(), done(opened.oneOf(claim(), List.of(torn))));
    }
}
