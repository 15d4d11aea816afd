package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;

/** One HTTP server on one port. */
final class Listener {
    private final HttpServer server;

    private Listener(HttpServer server) {
        this.server = server;
    }

    /**
     * @param invalid answers what is not a request
     * @param messageBytes the largest WebSocket message that is read at all; above it the socket is closed
     * @return the bound listener, or a failure that names the port
     */
    static Future<Listener> bind(Vertx vertx, Router router, Handler<HttpServerRequest> invalid, String address, int port, int messageBytes) {
        HttpServerOptions options = new HttpServerOptions().setHost(address).setPort(port).setMaxHeaderSize(16 * 1024).setDecompressionSupported(false).setCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false).setMaxWebSocketFrameSize(messageBytes).setMaxWebSocketMessageSize(messageBytes);
        return vertx.createHttpServer(options).requestHandler(router).invalidRequestHandler(invalid).listen()
            .recover(failed -> Future.failedFuture("port " + port + " on " + address + " cannot be bound: " + failed.getMessage())).map(Listener::new);
    }

    int port() {
        return server.actualPort();
    }

    /** Takes no new connection, waits for the open ones at the most this long. */
    Future<Void> drain(Duration atMost) {
        return server.shutdown(atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
