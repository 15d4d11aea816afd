package nl.naast.bench;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One client's socket: question and answer while a conversation is set up, then whatever ear it is given, on the load's thread. */
final class Wire {
    private static final int PATIENCE_SECONDS = 20;

    private final WebSocket socket;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile Consumer<String> ear = heard::add;
    private volatile Consumer<String> wrong;
    private int n;

    private Wire(WebSocket socket, Consumer<String> wrong) {
        this.socket = socket;
        this.wrong = wrong;
        socket.textMessageHandler(text -> ear.accept(text));
        socket.exceptionHandler(broken -> this.wrong.accept(broken.toString()));
        socket.closeHandler(closed -> ear.accept("{\"t\":\"refused\",\"closed\":" + socket.closeStatusCode() + "}"));
    }

    /** Something was heard that is not the way of a message that is measured. */
    void wrong(String text) {
        wrong.accept(text);
    }

    static WebSocketConnectOptions at(int port, String path) {
        return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    }

    static CompletableFuture<Wire> connect(Load load, WebSocketConnectOptions options) {
        CompletableFuture<Wire> made = new CompletableFuture<>();
        load.client().connect(options).onSuccess(open -> made.complete(new Wire(open, load::wrong))).onFailure(made::completeExceptionally);
        return made;
    }

    static Wire connected(Load load, WebSocketConnectOptions options) throws Exception {
        return connect(load, options).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** From now on this one hears, what was heard before is forgotten. */
    void listen(Consumer<String> ear) {
        this.ear = ear;
        heard.clear();
    }

    /** Its server is about to be ended: what becomes of it is nobody's fault, and nothing that the next one measures. */
    void end() {
        listen(text -> { });
        wrong = text -> { };
    }

    void say(String text) {
        socket.writeTextMessage(text);
    }

    /** Numbers grow on a socket (protocol.md §2). */
    int number() {
        return ++n;
    }

    JsonObject ask(JsonObject frame) throws Exception {
        int number = number();
        say(frame.put("n", number).encode());
        JsonObject answer = hear(said -> Integer.valueOf(number).equals(said.getInteger("n")));
        if ("refused".equals(answer.getString("t"))) {
            throw new IllegalStateException(frame.getString("t") + ": " + answer.encode());
        }
        return answer;
    }

    JsonObject hear(Predicate<JsonObject> wanted) throws Exception {
        while (true) {
            String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new IllegalStateException("nothing was heard for " + PATIENCE_SECONDS + " s");
            }
            JsonObject frame = new JsonObject(text);
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }
}
