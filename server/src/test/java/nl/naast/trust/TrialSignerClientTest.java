package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line to the signing process. */
class TrialSignerClientTest {
    @TempDir
    Path directory;
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("the JDK's server closes a connection after an answer without saying so: the next question does not go down with it")
    void closedAfterAnswer() throws Exception {
        // seen failing: without setKeepAlive(false)
        try (ServerSocket signer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOnce(signer));
            Path urlFile = Files.writeString(directory.resolve("url"), "http://127.0.0.1:" + signer.getLocalPort() + "/token\n");
            TrialSignerClient client = new TrialSignerClient(vertx, urlFile);
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(new byte[] {7}, client.statement(new byte[0]).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
            }
        }
    }

    /** One answer on each connection; it is closed a moment later, without a word. */
    private static void answerOnce(ServerSocket signer) {
        while (!signer.isClosed()) {
            try (Socket line = signer.accept()) {
                line.getInputStream().read(new byte[4096]);
                line.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\7".getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException closed) {
                if (!signer.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }
}
