package nl.naast.bench;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;

/** Visitors who have come in: each a socket that said hello and was told her view; so many as the line holds by default have a place in it. Everything here runs on the load's one event loop but {@code come}, {@code back} and {@code drop}. */
final class Crowd {
    private static final int PATIENCE_MS = 120_000;
    /** So many come at the same moment; when all of them are in, the next. */
    private static final int TOGETHER = 250;

    /** limit.waiting as shipped. */
    private static final int LINE = 500;

    private record Visitor(String capability, String conversation) {
    }

    private final NaastServer server;
    private final Load load;
    private final List<Visitor> visitors = new ArrayList<>();
    private WebSocketClient client;

    Crowd(NaastServer server, Load load) {
        this.server = server;
        this.load = load;
        this.client = fresh();
    }

    private WebSocketClient fresh() {
        return load.vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(20_000));
    }

    /** So many more come, the first of all take places in the line. */
    void come(int count) throws Exception {
        for (int left = count; left > 0; left -= TOGETHER) {
            List<Visitor> next = new ArrayList<>();
            for (int i = 0; i < Math.min(TOGETHER, left); i++) {
                next.add(new Visitor(Peer.bytes(MlsBytes.random(32)), Peer.id()));
            }
            all(next, visitors.size() < LINE ? Optional.of("joined") : Optional.empty());
            visitors.addAll(next);
        }
    }

    /** All of them lose their connections at once. */
    void drop() throws Exception {
        client.close().toCompletionStage().toCompletableFuture().join();
        client = fresh();
    }

    /** All of them come back at once. Returns when each has said hello and was told her place. */
    void back() throws Exception {
        all(visitors, Optional.empty());
    }

    /** @param then the answer to a join that is asked for besides; empty: the view is enough */
    private void all(List<Visitor> who, Optional<String> then) throws Exception {
        AtomicInteger in = new AtomicInteger();
        load.onLoop(() -> {
            who.forEach(visitor -> connect(visitor, then, in));
            return null;
        });
        for (int i = 0; in.get() < who.size(); i++) {
            if (i > PATIENCE_MS) {
                throw new IllegalStateException("only " + in + " of " + who.size() + " are in");
            }
            load.sleep(0.001);
        }
    }

    private void connect(Visitor visitor, Optional<String> then, AtomicInteger in) {
        client.connect(server.visitor()).onFailure(failed -> load.wrong(failed.toString())).onSuccess(socket -> {
            socket.textMessageHandler(ear(socket, visitor, then, in));
            socket.writeTextMessage(Talks.hello(visitor.capability()));
        });
    }

    private static io.vertx.core.Handler<String> ear(WebSocket socket, Visitor visitor, Optional<String> then, AtomicInteger in) {
        Consumer<String> done = text -> {
            in.incrementAndGet();
            socket.textMessageHandler(later -> { });
        };
        return text -> {
            if (text.startsWith("{\"t\":\"view\"") && then.isPresent()) {
                socket.writeTextMessage(Talks.joining(visitor.conversation(), "nl").put("n", 1).encode());
            }
            if (text.startsWith("{\"t\":\"" + then.orElse("view") + "\"")) {
                done.accept(text);
            }
        };
    }
}
