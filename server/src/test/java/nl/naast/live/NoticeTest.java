package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ConversationId;
import nl.naast.house.House;
import nl.naast.platform.Id16;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What processes tell each other")
class NoticeTest {
    private static final StaffId STAFF = new StaffId(Id16.random(RandomSource.system()));
    private static final StaffId OTHER = new StaffId(Id16.random(RandomSource.system()));
    private static final ConversationId TALK = new ConversationId(Id16.random(RandomSource.system()));
    private static final TokenHash TAG = new TokenHash("tag");

    private final Vertx vertx = Vertx.vertx();
    private final LinkedBlockingQueue<Notice> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        House.await(vertx.close());
    }

    private static Wrap wrap(Path directory, String name) throws Exception {
        return KeyFileWrap.at(Files.createDirectories(directory.resolve(name)).resolve("naast.key"), RandomSource.system());
    }

    // seen failing: with the line's change left out of NoticeCodec.changed, and with a session that is always told
    @Test
    @DisplayName("each notice is what it was when it arrives")
    void whole() {
        List<Notice> all = List.of(
            new Notice.Changed(TALK, TAG, 1, true, Set.of(), List.of(), true, true, Optional.empty()),
            new Notice.Changed(TALK, TAG, 2, false, Set.of(STAFF, OTHER), List.of(new Notice.Desk(STAFF, 7, 3), new Notice.Desk(OTHER, 9, 0)), false, false, Optional.of(new Notice.News(9))),
            new Notice.LeaseTaken(STAFF, 8), new Notice.SignedOut(STAFF, Optional.empty()), new Notice.SignedOut(STAFF, Optional.of(TAG)), new Notice.DeskMoved(STAFF));
        all.forEach(notice -> assertEquals(notice, NoticeCodec.decode(NoticeCodec.encode(notice))));
        for (Notice.Signal signal : List.of(new Notice.ToVisitor(TAG, TALK, new byte[] {1, 2}), new Notice.ToDesk(STAFF, TALK, new byte[] {3}))) {
            Notice.Signal there = (Notice.Signal) NoticeCodec.decode(NoticeCodec.encode(signal));
            assertEquals(signal.conversation(), there.conversation());
            assertEquals(java.util.HexFormat.of().formatHex(signal.body()), java.util.HexFormat.of().formatHex(there.body()));
        }
    }

    // seen failing: with notices sent as they are, and with Neighbours.open() catching nothing
    @Test
    @DisplayName("whoever has another key, or none, reads nothing of them and is not heard; nobody hears himself")
    void sealed(@TempDir Path directory) throws Exception {
        Wrap ours = wrap(directory, "ours");
        LinkedBlockingQueue<byte[]> onTheWay = new LinkedBlockingQueue<>();
        House.await(vertx.eventBus().<io.vertx.core.buffer.Buffer>consumer(Addresses.NOTICE, message -> onTheWay.add(message.body().getBytes())).completion());
        Neighbours one = new Neighbours(vertx, ours);
        House.await(new Neighbours(vertx, ours).listen(heard::add));
        House.await(one.listen(notice -> heard.add(new Notice.LeaseTaken(STAFF, -1))));
        new Neighbours(vertx, wrap(directory, "stranger")).tell(new Notice.DeskMoved(STAFF));
        vertx.eventBus().publish(Addresses.NOTICE, io.vertx.core.buffer.Buffer.buffer("{\"t\":\"desk-moved\"}"));
        one.tell(new Notice.LeaseTaken(STAFF, 1));
        one.tell(new Notice.LeaseTaken(STAFF, 2));
        assertEquals(new Notice.LeaseTaken(STAFF, 1), heard.poll(20, TimeUnit.SECONDS));
        // When the second has come, whatever else the first might have brought has too.
        assertEquals(new Notice.LeaseTaken(STAFF, 2), heard.poll(20, TimeUnit.SECONDS));
        assertTrue(heard.isEmpty(), "only these: " + heard);
        for (byte[] seen = onTheWay.poll(20, TimeUnit.SECONDS); seen != null; seen = onTheWay.poll()) {
            assertFalse(new String(seen, StandardCharsets.ISO_8859_1).contains(STAFF.id().text()));
        }
    }
}
