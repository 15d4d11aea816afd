package nl.naast.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The bare cost of moving a message: a Vert.x server that hands a frame on to the other socket of its pair and tells the sender "stored", without a look into it. With the name of a file it first writes the frame there,
 * and hands it on when the disk has it. A socket's path names its pair and its side: {@code /17/v}, {@code /17/e}. Prints the port it found.
 */
public final class Relay {
    private static final String ACK = "{\"t\":\"ack\"";
    private static final String ACKED = "{\"t\":\"acked\",\"n\":123456}";
    private static final String STORED = "{\"t\":\"stored\",\"n\":123456,\"id\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"seq\":12345}";

    private final Map<String, ServerWebSocket> sockets = new HashMap<>();
    private final AppendLog log;

    private Relay(AppendLog log) {
        this.log = log;
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        Relay relay = new Relay(arguments.length == 0 ? null : AppendLog.at(Path.of(arguments[0])));
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0).setMaxWebSocketFrameSize(65_536).setMaxWebSocketMessageSize(65_536)
            .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
        vertx.createHttpServer(options).webSocketHandler(relay::open).listen().onSuccess(server -> System.out.println("Port: " + server.actualPort()));
    }

    /** All sockets belong to the one event loop of the one server, so nothing here is shared between threads. */
    private void open(ServerWebSocket socket) {
        String path = socket.path();
        String other = path.substring(0, path.length() - 1) + (path.endsWith("v") ? "e" : "v");
        sockets.put(path, socket);
        socket.closeHandler(closed -> sockets.remove(path));
        socket.textMessageHandler(text -> {
            if (text.startsWith(ACK)) {
                socket.writeTextMessage(ACKED);
            } else if (log == null) {
                pass(socket, other, text);
            } else {
                log.append(text, () -> pass(socket, other, text));
            }
        });
    }

    private void pass(ServerWebSocket from, String other, String text) {
        from.writeTextMessage(STORED);
        ServerWebSocket to = sockets.get(other);
        if (to != null) {
            to.writeTextMessage(text);
        }
    }
}
