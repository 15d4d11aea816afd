package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.naast.platform.Base64Url;
import nl.naast.support.Root;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelplineTest {
    @TempDir
    Path directory;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> arguments = new HashMap<>();
    private Helpline helpline;

    @BeforeEach
    void start() throws IOException {
        arguments.putAll(Booted.arguments(directory));
        helpline = open();
    }

    private Helpline open() {
        return await(Helpline.start(Vertx.vertx(), Settings.read(Path.of("../config/naast.properties"), Map.of(), arguments)));
    }

    @AfterEach
    void end() {
        await(helpline.stop());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> get(String port, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + arguments.get(port) + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> security(HttpResponse<String> answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(), String.join("|", values)));
        List.of("content-length", "content-type", "vary").forEach(headers::remove);
        return headers;
    }

    private Map<String, String> expected(String port, String passkeys) {
        return new TreeMap<>(Map.of(
            "content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://localhost:" + arguments.get(port)
                + "; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            "cross-origin-opener-policy", "same-origin", "cross-origin-embedder-policy", "require-corp", "cross-origin-resource-policy", "same-origin",
            "referrer-policy", "no-referrer", "x-content-type-options", "nosniff", "cache-control", "no-store",
            "permissions-policy", "accelerometer=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=(),"
                + " publickey-credentials-get=" + passkeys + ", publickey-credentials-create=" + passkeys));
    }

    // seen failing: without HeadersHandler on the router the page came with none of them
    @Test
    @DisplayName("exactly these headers stand on each origin's page and on its errors; nothing names the server")
    void headers() throws Exception {
        for (String path : List.of("/", "/nothing")) {
            assertEquals(expected("visitor.port", "()"), security(get("visitor.port", path)));
        }
        for (String path : List.of("/desk", "/nothing")) {
            assertEquals(expected("staff.port", "(self)"), security(get("staff.port", path)));
        }
    }

    // seen failing: with the header behind every origin; with it behind none
    @Test
    @DisplayName("an origin that is configured as https says so for two years, on its page and on its errors; the one beside it, on http, never does")
    void strictTransport() throws Exception {
        await(helpline.stop());
        String root = Files.writeString(directory.resolve("root.pub"), Base64Url.encode(new Root().point())).toString();
        arguments.putAll(Map.of("trial.enabled", "false", "trust.root.file", root, "visitor.origin", "https://chat.example"));
        helpline = open();
        for (String path : List.of("/", "/nothing")) {
            assertEquals(List.of("max-age=63072000; includeSubDomains"), get("visitor.port", path).headers().allValues("strict-transport-security"));
        }
        for (String path : List.of("/desk", "/nothing")) {
            assertEquals(List.of(), get("staff.port", path).headers().allValues("strict-transport-security"));
        }
    }

    // seen failing: with both sides' assets read for both, the visitor's origin gave desk-1.js
    @Test
    @DisplayName("no staff page or asset exists on the visitor's origin, and the other way round; both look like any unknown path")
    void separate() throws Exception {
        String unknown = get("visitor.port", "/nothing").body();
        for (String path : List.of("/desk", "/desk.html", "/a/desk-1.js", "/a/../secret.txt", "/a/%2e%2e/secret.txt", "/a/", "/secret.txt")) {
            HttpResponse<String> answer = get("visitor.port", path);
            assertEquals(404, answer.statusCode(), path);
            assertEquals(unknown, answer.body(), path);
        }
        assertEquals("{\"t\":\"refused\",\"n\":0,\"code\":\"unknown\"}", unknown);
        assertEquals(404, get("staff.port", "/").statusCode());
        assertEquals(404, get("staff.port", "/a/visitor-1.js").statusCode());
        assertEquals(200, get("visitor.port", "/a/shared-1.js").statusCode());
        assertEquals(200, get("staff.port", "/a/shared-1.js").statusCode());
    }

    @Test
    @DisplayName("assets are kept for good and come compressed to who takes it, documents are never stored")
    void assets() throws Exception {
        assertEquals("compressed", get("visitor.port", "/a/visitor-1.js", "Accept-Encoding", "gzip, br").body());
        HttpResponse<String> plain = get("visitor.port", "/a/visitor-1.js");
        assertEquals("import './shared-1.js'", plain.body());
        assertEquals("public, max-age=31536000, immutable", plain.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals("text/javascript; charset=utf-8", plain.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    @DisplayName("health answers on its own port only, and the same data cannot be opened twice")
    void health() throws Exception {
        assertEquals(200, get("ops.port", "/health/live").statusCode());
        assertEquals(200, get("ops.port", "/health/ready").statusCode());
        assertEquals(404, get("visitor.port", "/health/ready").statusCode());
        String said = assertThrows(RuntimeException.class, this::open).getMessage();
        assertTrue(said.contains("in use by another process"), said);
        assertFalse(helpline.addresses().visitorPage().isEmpty());
    }
}
