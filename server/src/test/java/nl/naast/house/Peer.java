package nl.naast.house;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.RandomSource;

/** A client on a real socket, without cryptography: says frames and waits for what it expects. */
public final class Peer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    /** The socket was closed before what was waited for was heard. */
    public static final class Gone extends AssertionError {
        private Gone(Object heard) {
            super("closed before it was heard; heard were " + heard);
        }
    }

    private final WebSocket socket;
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger n = new AtomicInteger();

    private Peer(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
        socket.closeHandler(done -> closed.complete(socket.closeStatusCode() == null ? -1 : (int) socket.closeStatusCode()));
        socket.exceptionHandler(broken -> { });
    }

    public static Peer visitor(Origins house, WebSocketClient client) throws Exception {
        return connect(client, new WebSocketConnectOptions().setHost("127.0.0.1").setPort(house.visitorPort()).setURI("/live").addHeader("Origin", house.visitorOrigin()));
    }

    public static Peer desk(Origins house, WebSocketClient client, House.SignedIn who) throws Exception {
        return connect(client, new WebSocketConnectOptions().setHost("127.0.0.1").setPort(house.staffPort()).setURI("/live").addHeader("Origin", house.staffOrigin())
            .addHeader("Cookie", "__Host-naast=" + who.cookie()));
    }

    public static Peer connect(WebSocketClient client, WebSocketConnectOptions options) throws Exception {
        CompletableFuture<Peer> made = new CompletableFuture<>();
        WebSocket socket = House.await(client.connect(options).onSuccess(open -> made.complete(new Peer(open))).onFailure(made::completeExceptionally));
        return made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public static String id() {
        return Id16.random(RandomSource.system()).text();
    }

    public static String bytes(byte[] bytes) {
        return Base64Url.encode(bytes);
    }

    public static JsonObject frame(String type) {
        return new JsonObject().put("t", type);
    }

    public void say(JsonObject frame) {
        say(frame.encode());
    }

    public void say(String text) {
        socket.writeTextMessage(text);
    }

    /** From now on what the server says piles up on the way. */
    public void stopReading() {
        socket.pause();
    }

    public void sayBytes(byte[] bytes) {
        socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer(bytes));
    }

    /** Asks and waits for the answer with the same number; what is heard meanwhile stays for {@link #hear}. */
    public JsonObject ask(JsonObject frame) throws Exception {
        int number = n.incrementAndGet();
        say(frame.copy().put("n", number));
        return hear(answer -> Integer.valueOf(number).equals(answer.getInteger("n")));
    }

    /** The first frame of a type that was heard and not yet taken. */
    public JsonObject hear(String type) throws Exception {
        return hear(frame -> type.equals(frame.getString("t")));
    }

    public JsonObject hear(String type, String state) throws Exception {
        return hear(frame -> type.equals(frame.getString("t")) && state.equals(frame.getString("state")));
    }

    public JsonObject hear(java.util.function.Predicate<JsonObject> wanted) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (boolean last = false; !last;) {
            // Nothing comes after the end.
            last = closed.isDone() || System.nanoTime() > until;
            for (JsonObject frame : heard) {
                if (wanted.test(frame) && heard.remove(frame)) {
                    return frame;
                }
            }
            Thread.sleep(2);
        }
        throw closed.isDone() ? new Gone(heard) : new AssertionError("not heard; heard were " + heard);
    }

    /** @return whether a frame of this type has been heard and not yet taken */
    public boolean hasHeard(String type) {
        return hasHeard(frame -> type.equals(frame.getString("t")));
    }

    public boolean hasHeard(java.util.function.Predicate<JsonObject> wanted) {
        return heard.stream().anyMatch(wanted);
    }

    /** What of this type has been heard and not yet taken, in order. */
    public List<JsonObject> all(String type) {
        return heard.stream().filter(frame -> type.equals(frame.getString("t"))).toList();
    }

    /** All that has been heard and not yet taken, in order. */
    public List<JsonObject> all() {
        return List.copyOf(heard);
    }

    public void forget() {
        heard.clear();
    }

    public int closeCode() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void close() throws Exception {
        House.await(socket.close());
    }
}
