package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One HTTP server on one port. */
final class Listener {
    private final HttpServer server;

    /** Each healthy connection has something written in this time: an answer, or a ping of a socket. What has not is closed without ceremony: a polite close would wait for a client that does not read. */
    private static final int WRITE_IDLE_SECONDS = 90;

    private Listener(HttpServer server) {
        this.server = server;
    }

    /**
     * @param invalid answers what is not a request
     * @param connections how many at the most; one above is closed at once
     * @param messageBytes the largest WebSocket message that is read at all; above it the socket is closed
     * @return the bound listener, or a failure that names the port
     */
    static Future<Listener> bind(Vertx vertx, Router router, Handler<HttpServerRequest> invalid, String address, int port, int connections, int messageBytes) {
        HttpServerOptions options = new HttpServerOptions().setHost(address).setPort(port).setMaxHeaderSize(16 * 1024).setDecompressionSupported(false).setCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false).setMaxWebSocketFrameSize(messageBytes).setMaxWebSocketMessageSize(messageBytes)
            .setHttp2ClearTextEnabled(false).setWriteIdleTimeout(WRITE_IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        AtomicInteger open = new AtomicInteger();
        return vertx.createHttpServer(options).connectionHandler(connection -> count(connection, open, connections)).requestHandler(router).invalidRequestHandler(invalid).listen()
            .recover(failed -> Future.failedFuture("port " + port + " on " + address + " cannot be bound: " + failed.getMessage())).map(Listener::new);
    }

    private static void count(HttpConnection connection, AtomicInteger open, int most) {
        connection.closeHandler(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > most) {
            connection.close();
        }
    }

    int port() {
        return server.actualPort();
    }

    /** Takes no new connection, waits for the open ones at the most this long. */
    Future<Void> drain(Duration atMost) {
        return server.shutdown(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
