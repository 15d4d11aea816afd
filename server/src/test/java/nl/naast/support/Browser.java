package nl.naast.support;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** A staff member's browser: its cookie, its passkey, and the staff page's way to ask. */
public final class Browser {
    private final StaffWorld world;
    public final SoftAuthenticator passkey = new SoftAuthenticator(StaffWorld.ORIGIN);
    /** As the page sends them; a test may take one away. */
    public final Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json", "X-Naast", "1", "Origin", StaffWorld.ORIGIN));
    /** {@code __Host-naast=…}, or null. */
    public String cookie;

    Browser(StaffWorld world) {
        this.world = world;
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public Answer post(String path, JsonObject body) {
        return post(path, body.encode());
    }

    public Answer post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + world.port() + path);
    }

    private Answer send(HttpRequest.Builder request) {
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = world.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), response.body(), response.headers().allValues("Set-Cookie"));
            answer.cookies().stream().findFirst().ifPresent(set -> cookie = set.contains("Max-Age=0") ? null : set.split(";", 2)[0]);
            return answer;
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    public Answer register(String code) {
        JsonObject asked = post("/api/register/options", new JsonObject().put("invitation", code)).body();
        return asked.containsKey("code") ? new Answer(404, asked.encode(), java.util.List.of())
            : post("/api/register", answered(asked, passkey.create(asked.getJsonObject("options"))).put("invitation", code));
    }

    public Answer signIn() {
        JsonObject asked = post("/api/sign-in/options", new JsonObject()).body();
        return post("/api/sign-in", answered(asked, passkey.get(asked.getJsonObject("options"))));
    }

    public static JsonObject answered(JsonObject asked, JsonObject credential) {
        return new JsonObject().put("challengeId", asked.getString("challengeId")).put("credential", credential);
    }

    /** Whom the server takes this browser for. */
    public JsonObject me() {
        return get("/api/session").body();
    }
}
