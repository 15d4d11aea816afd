package nl.naast.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import nl.naast.platform.Clock;
import nl.naast.platform.Problem;
import nl.naast.wire.ServerFrame;

/**
 * One WebSocket of either side: takes one frame after the other, counts offences, keeps the line alive. All its fields belong to the socket's own context; what comes from elsewhere goes through {@link #later}.
 */
abstract class Socket implements Link {
    private static final Duration DEAD = Duration.ofSeconds(45);
    private static final Duration GREETING = Duration.ofSeconds(10);
    /** A client that sends faster than it is answered is not read any further than this. */
    private static final int QUEUED = 16;
    /** What is told to a client that does not read, unasked, before it is given up: it comes back and reads on from its cursor. */
    private static final int UNREAD = 64;

    final Clock clock;
    final LivePolicy policy;
    private final LiveWatch watch;
    private final ServerWebSocket socket;
    private final Context context;
    private final Duration pingEvery;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Offences offences = new Offences();
    private final Instant opened;
    private Instant heard;
    private Instant said;
    private Instant pinged;
    private boolean answering;
    private boolean leaving;
    private boolean closed;
    private int unread;

    Socket(ServerWebSocket socket, Context context, Clock clock, LivePolicy policy, LiveWatch watch, Duration pingEvery) {
        this.socket = socket;
        this.context = context;
        this.clock = clock;
        this.policy = policy;
        this.watch = watch;
        this.pingEvery = pingEvery;
        this.opened = clock.now();
        this.heard = opened;
        this.said = opened;
        this.pinged = opened;
    }

    /** Begins to listen. */
    void open() {
        socket.textMessageHandler(this::text);
        socket.binaryMessageHandler(bytes -> refuse(new ServerFrame.Refused(0, Problem.MALFORMED)));
        socket.pongHandler(pong -> heard());
        socket.drainHandler(read -> {
            unread = 0;
            next();
        });
        // Broken already, or a message that no frame can be: nothing that comes after it is to be read.
        socket.exceptionHandler(broken -> close(1009));
        socket.closeHandler(done -> {
            closed = true;
            gone();
        });
    }

    /** @return what answers this text; never fails */
    abstract Future<ServerFrame> answer(String text);

    /** Whether its first frame said who it is. */
    abstract boolean greeted();

    /** Something was heard from whoever is on the other side. */
    abstract void alive();

    /** The socket is closed. */
    abstract void gone();

    private void text(String text) {
        heard();
        if (leaving) {
            return; // it was told to come back, and will ask again there: who never pauses would keep the server from going down
        }
        waiting.add(text);
        if (waiting.size() >= QUEUED) {
            socket.pause();
        }
        next();
    }

    private void heard() {
        heard = clock.now();
        alive();
    }

    /** One at a time, in order: what comes second may rest on what comes first; and none while the client does not read the answers. */
    private void next() {
        if (answering || closed || waiting.isEmpty() || socket.writeQueueFull()) {
            return;
        }
        answering = true;
        answer(waiting.remove()).onComplete(done -> {
            answering = false;
            if (done.result() instanceof ServerFrame.Refused refused) {
                refuse(refused);
            } else {
                say(done.result());
            }
            socket.resume();
            if (leaving && waiting.isEmpty()) {
                close(1001);
            }
            next();
        });
    }

    private void refuse(ServerFrame.Refused refused) {
        watch.refused(refused.problem());
        say(refused);
        int code = refused.problem() == Problem.UNSUPPORTED_VERSION ? 4000 : offences.note(refused.problem(), clock.now()).orElse(0);
        if (code != 0) {
            close(code);
        }
    }

    void say(ServerFrame frame) {
        // The other side may have closed it a moment ago, before we are told.
        if (closed || socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull() && ++unread > UNREAD) {
            close(4008);
            return;
        }
        said = clock.now();
        socket.writeTextMessage(frame.text());
    }

    void close(int code) {
        if (!closed) {
            closed = true;
            waiting.clear();
            socket.close((short) code);
        }
    }

    /** Runs on the socket's own context, in the order of the calls. */
    void later(Runnable what) {
        context.runOnContext(now -> {
            if (!closed) {
                what.run();
            }
        });
    }

    @Override
    public void replaced() {
        later(() -> close(4008));
    }

    /** Says it and closes when everything that was asked has been answered. */
    @Override
    public void reconnect(int afterMs) {
        later(() -> {
            say(new ServerFrame.Reconnect(afterMs));
            leaving = true;
            if (!answering && waiting.isEmpty()) {
                close(1001);
            }
        });
    }

    @Override
    public void tick() {
        later(() -> {
            Instant now = clock.now();
            if (silent(heard, now, DEAD) || !greeted() && silent(opened, now, GREETING)) {
                close(4008);
                return;
            }
            if (silent(said, now, Duration.ofSeconds(policy.beatSeconds()))) {
                say(new ServerFrame.Beat());
            }
            if (silent(pinged, now, pingEvery) && !socket.writeQueueFull()) {
                pinged = now;
                socket.writePing(Buffer.buffer());
            }
        });
    }

    private static boolean silent(Instant since, Instant now, Duration time) {
        return !since.plus(time).isAfter(now);
    }
}
