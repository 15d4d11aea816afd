package nl.naast.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.naast.abuse.RateLimit;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.ConversationModule;
import nl.naast.desk.DeskModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import nl.naast.queue.Proofs;
import nl.naast.queue.QueueModule;
import nl.naast.wire.FrameReader;

/** The door of connections: sockets and the fallback of both origins, who is there, and going down without losing anything. */
public final class LiveModule {
    private static final int RECONNECT_WITHIN_MS = 5_000;
    private static final int EVERY_MS = 1_000;
    /** The waiting minutes on a desk, and whatever an announcement was lost for. */
    private static final int REFRESH_EVERY = 30;

    /** The others notice it anyway, a minute later. */
    private static final int LEAVE_SECONDS = 1;

    /** Without the database for so long, a process sends its visitors' pages to look for another, before the others hold them for gone. Desks go by themselves. */
    private static final Duration CUT_OFF = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final LiveAnnouncer announcer;
    private final Live live;
    private final LiveRoutes routes;
    private final Watching watching = new Watching();
    private final Janitor janitor;
    private final Believed believed;
    private long timer = -1;
    private int ticks;

    public LiveModule(Vertx vertx, LiveAnnouncer announcer, ConversationModule conversations, QueueModule queue, DeskModule desks, Proofs proofs, RateLimit rate, Wrap wrap, Clock clock, LivePolicy policy) {
        this.vertx = vertx;
        this.announcer = announcer;
        Hub hub = announcer.hub();
        this.believed = new Believed(proofs, desks, conversations, hub);
        Views views = new Views(conversations, queue, desks, proofs, hub, clock);
        Dispatcher dispatcher = new Dispatcher(conversations, queue, desks, views, announcer, policy, watching);
        this.live = new Live(conversations, dispatcher, views, hub, new FrameReader(policy.frameBytes(), policy.signalBytes()), rate, new Places(policy.sockets()), new Places(policy.sockets()), wrap, clock, policy, watching);
        Availability availability = new Availability(hub, desks, views);
        this.routes = new LiveRoutes(vertx, live, availability);
        this.janitor = new Janitor(conversations, desks, hub, clock, policy, this::missed);
        announcer.before(views::stale, availability::stale);
        announcer.listen(queue::noticed);
        announcer.listen(change -> desks.noticed(change).onSuccess(done -> told(change)));
    }

    /** Whoever had it hears once more, now that her desk knows what became of it. */
    private void told(Change change) {
        if (change.moved()) {
            change.before().map(Conversation::seats).orElse(List.of()).forEach(seat -> announcer.changed(seat.staff()));
        }
    }

    private void missed(List<Conversation> open) {
        announcer.catchUp(open);
        believed.look(open);
    }

    public static MongoTables tables() {
        return MongoAttendance.tables();
    }

    public List<Purge> purges() {
        return announcer.purges();
    }

    public LiveRoutes routes() {
        return routes;
    }

    /** Begins to hear the other processes. @return when they know of this one */
    public Future<Void> hear() {
        return announcer.hear();
    }

    /** Begins to look, once a second, who is still there. */
    public void start() {
        timer = vertx.setPeriodic(EVERY_MS, id -> tick());
    }

    /** What happens every second; public so that a test with its own clock need not wait. */
    public Future<Void> tick() {
        ticks++;
        live.hub().all().forEach(Link::tick);
        if (ticks % REFRESH_EVERY == 0) {
            live.hub().all().forEach(Link::refresh);
        }
        if (janitor.blindFor(CUT_OFF)) {
            live.hub().visitors().forEach(link -> link.reconnect(RECONNECT_WITHIN_MS));
        }
        return janitor.look().onFailure(failed -> Log.say(LogCode.PRESENCE_FAILED, failed));
    }

    /** Whoever counts; at start only. */
    public void watch(LiveWatch watch) {
        watching.by(watch);
    }

    /** How many sockets and held polls of visitors are open. */
    public int visitorsOpen() {
        return live.sockets().taken();
    }

    /** How many sockets and held polls of the staff are open. */
    public int desksOpen() {
        return live.deskSockets().taken();
    }

    /** How many other processes are on this database. */
    public int others() {
        return live.hub().elsewhere().processes();
    }

    /** How many sockets and held polls are open. */
    public int open() {
        return live.sockets().taken() + live.deskSockets().taken();
    }

    /** No new connections; the open ones finish what they asked for, are told to come back, and end. Completes when all have ended, or after {@code atMost}. */
    public Future<Void> drain(Duration atMost) {
        vertx.cancelTimer(timer);
        live.sockets().shut();
        live.deskSockets().shut();
        live.hub().all().forEach(link -> link.reconnect(RECONNECT_WITHIN_MS));
        return ended(System.nanoTime() + atMost.toNanos()).eventually(() -> live.hub().elsewhere().leave().timeout(LEAVE_SECONDS, TimeUnit.SECONDS));
    }

    private Future<Void> ended(long until) {
        if (open() <= 0 || System.nanoTime() > until) {
            return Future.succeededFuture();
        }
        Promise<Void> later = Promise.promise();
        vertx.setTimer(20, id -> ended(until).onComplete(later));
        return later.future();
    }
}
