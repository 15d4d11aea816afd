package nl.naast.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import nl.naast.canon.P256;
import nl.naast.canon.Statement;
import nl.naast.platform.Id16;
import nl.naast.platform.RandomSource;

/** A staff member's browser: its cookie, its passkey, and the staff page's way to ask. */
public final class Browser {
    private final HttpClient http;
    private final IntSupplier port;
    private final String origin;
    public final SoftAuthenticator passkey;
    /** As the page sends them; a test may take one away. */
    public final Map<String, String> headers;
    /** {@code __Host-naast=…}, or null. */
    public String cookie;

    /** @param port of the staff's listener; asked for each time, because a restart may change it */
    public Browser(HttpClient http, IntSupplier port, String origin) {
        this.http = http;
        this.port = port;
        this.origin = origin;
        this.passkey = new SoftAuthenticator(origin);
        this.headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json", "X-Naast", "1", "Origin", origin));
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
        return URI.create("http://127.0.0.1:" + port.getAsInt() + path);
    }

    private Answer send(HttpRequest.Builder request) {
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), response.body(), response.headers().allValues("Set-Cookie"));
            answer.cookies().stream().findFirst().ifPresent(set -> cookie = set.contains("Max-Age=0") ? null : set.split(";", 2)[0]);
            return answer;
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    public Answer register(String code) {
        JsonObject asked = post("/api/register/options", new JsonObject().put("invitation", code)).body();
        return asked.containsKey("code") ? new Answer(404, asked.encode(), List.of())
            : post("/api/register", answered(asked, passkey.create(asked.getJsonObject("options"))).put("invitation", code));
    }

    /** Somebody else, invited from here, signed in on a browser of her own. */
    public Browser invited(String alias, String... roles) {
        JsonObject body = new JsonObject().put("id", Id16.random(RandomSource.system()).text()).put("alias", alias).put("roles", new JsonArray(List.of(roles))).put("languages", new JsonArray().add("nl"));
        return another().registered(post("/api/invitations", body).body().getString("link"));
    }

    /** Nobody's browser, at the same server. */
    public Browser another() {
        return new Browser(http, port, origin);
    }

    /** @param link of an invitation */
    public Browser registered(String link) {
        Answer answer = register(link.substring(link.indexOf('=') + 1));
        if (answer.status() != 200) {
            throw new AssertionError("not registered: " + answer);
        }
        return this;
    }

    /** What her page would bring: new keys each time; as an expert, if she is one. Times: seconds since 1970. */
    public Statement statement(long from, long until) {
        JsonObject me = me();
        List<String> languages = me.getJsonArray("languages").stream().map(String.class::cast).toList();
        Statement.Role role = me.getJsonArray("roles").contains("expert") ? Statement.Role.EXPERT : Statement.Role.COORDINATOR;
        return new Statement(Id16.random(RandomSource.system()).bytes(), role, me.getString("organisation"), me.getString("alias"), languages, key(), key(), new byte[0], from, until);
    }

    private static byte[] key() {
        return P256.point(P256.generate().getPublic());
    }

    public Answer signIn() {
        return signIn(passkey);
    }

    public Answer signIn(SoftAuthenticator with) {
        JsonObject asked = post("/api/sign-in/options", new JsonObject()).body();
        return post("/api/sign-in", answered(asked, with.get(asked.getJsonObject("options"))));
    }

    /** By a passkey, that it is this that its person wants. @return what the server gave for it */
    public String proof(String act, SoftAuthenticator by) {
        JsonObject asked = post("/api/proof/options", new JsonObject().put("act", act)).body();
        return post("/api/proof", answered(asked, by.get(asked.getJsonObject("options"))).put("act", act)).body().getString("proof");
    }

    public String proof(String act) {
        return proof(act, passkey);
    }

    /** @param id of one of hers */
    public Answer remove(String id) {
        return remove(id, passkey);
    }

    public Answer remove(String id, SoftAuthenticator by) {
        return post("/api/passkeys/remove", new JsonObject().put("id", id).put("proof", proof("remove-passkey " + id, by)));
    }

    /** A further passkey of whoever is signed in. */
    public Answer add(SoftAuthenticator further) {
        Answer asked = post("/api/passkeys/options", new JsonObject().put("proof", proof("add-passkey")));
        return asked.status() == 200 ? post("/api/passkeys", answered(asked.body(), further.create(asked.body().getJsonObject("options")))) : asked;
    }

    public SoftAuthenticator authenticator() {
        return new SoftAuthenticator(origin);
    }

    public static JsonObject answered(JsonObject asked, JsonObject credential) {
        return new JsonObject().put("challengeId", asked.getString("challengeId")).put("credential", credential);
    }

    /** Whom the server takes this browser for. */
    public JsonObject me() {
        return get("/api/session").body();
    }
}
