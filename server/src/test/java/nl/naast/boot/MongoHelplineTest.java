package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import nl.naast.platform.Purge;
import nl.naast.support.MongoForTests;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The house, on MongoDB")
class MongoHelplineTest {
    @TempDir
    Path directory;

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private Helpline start(Map<String, String> arguments, String uri) {
        return await(Helpline.start(Vertx.vertx(), Settings.read(Path.of("../config/naast.properties"), Map.of("NAAST_MONGO_URI", uri), arguments)));
    }

    @Test
    @DisplayName("NAAST_MONGO_URI selects it: the house is ready, says so, sweeps every kind, and makes no database file")
    void starts() throws Exception {
        String uri = MongoForTests.freshDatabase();
        Map<String, String> arguments = Booted.arguments(directory);
        Helpline helpline = start(arguments, uri);
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertTrue(helpline.store().startsWith("MongoDB, database naast_"), helpline.store());
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://localhost:" + arguments.get("ops.port") + "/health/ready")).build();
            assertEquals(200, client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode());
            assertTrue(await(helpline.firstInvitation()).orElseThrow().contains("#invitation="));
            for (Purge purge : helpline.purges()) {
                assertEquals(0, await(purge.purge(LocalDate.now(ZoneOffset.UTC).minusDays(1), 10)), purge.name());
            }
            assertFalse(Files.exists(Path.of(arguments.get("data.directory"), "naast.db")));
        } finally {
            await(helpline.stop());
        }
    }

    // seen failing: with the address in the refusal, and with the settings printing it
    @Test
    @DisplayName("an address that cannot be used is refused without a word of it, since a password may be in it")
    void secret() throws Exception {
        Map<String, String> arguments = Booted.arguments(directory);
        for (String uri : List.of("mongodb://naast:topsecret@127.0.0.1:1", "topsecret")) {
            String said = assertThrows(CompletionException.class, () -> start(arguments, uri)).getCause().toString();
            assertTrue(said.contains("address of MongoDB") && !said.contains("topsecret"), said);
        }
        Settings settings = Settings.read(Path.of("../config/naast.properties"), Map.of("NAAST_MONGO_URI", "mongodb://naast:topsecret@127.0.0.1:1/naast"), arguments);
        assertFalse(settings.toString().contains("topsecret"));
    }
}
