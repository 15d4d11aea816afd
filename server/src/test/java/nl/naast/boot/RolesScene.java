package nl.naast.boot;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import nl.naast.boot.RolesFile.Who;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.house.Expert;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Base64Url;
import nl.naast.support.Browser;

/** The seven callers of docs/roles.md and one conversation that talks, on a really started server. What a cell changed is made anew before the next. */
final class RolesScene implements AutoCloseable {
    private static final String[] ROLES = {"expert", "expert", "coordinator", "administrator"};

    private final Booted house;
    private final WebSocketClient client;
    private final Browser first;
    private final Browser spare;
    private final Map<Who, Browser> staff = new EnumMap<>(Who.class);
    private Visitor visitor;
    private Visitor other;
    private Expert expert;
    private Expert otherExpert;
    private Expert coordinator;
    /** The call that stands, if one does, and what for. */
    private String call;
    private String calledFor;
    /** The hash of the coordinator's statement, and a report to her. */
    private String to;
    private String reported;

    RolesScene(Booted house) throws Exception {
        this.house = house;
        this.client = house.vertx.createWebSocketClient();
        this.first = house.first();
        this.spare = first.invited("Spare", "expert");
        for (int i = 0; i < ROLES.length; i++) {
            staff.put(Who.values()[3 + i], first.invited("Staff " + i, ROLES[i]));
        }
        fresh();
    }

    List<String> rows() {
        return house.rows();
    }

    /** Two visitors, two desks, one of each in a conversation; everybody signed in. */
    void fresh() throws Exception {
        if (visitor != null) {
            visitor.leave();
            other.leave();
            visitor.peer.close();
            other.peer.close();
        }
        for (Who who : staff.keySet()) {
            signedIn(staff.get(who), who);
        }
        visitor = Visitor.at(house, client);
        visitor.join("nl");
        expert = house.desk(client, staff.get(Who.EXPERT));
        expert.claim(1);
        visitor.peer.hear("view", "claimed");
        visitor.add();
        expert.ack(visitor.conversation, 1);
        other = Visitor.at(house, client);
        other.join("nl");
        otherExpert = house.desk(client, staff.get(Who.OTHER_EXPERT));
        coordinator = house.desk(client, staff.get(Who.COORDINATOR));
        call = null;
        to = Peer.bytes(Statement.parse(Signed.parse(Base64Url.decode(visitor.peer.ask(Peer.frame("coordinators")).getJsonArray("statements").getString(0)).orElseThrow()).unsigned()).hash().bytes());
        reported = Peer.id();
        visitor.peer.ask(report(reported));
        settled();
    }

    /** A statement ends with the session under which it was registered. */
    private void signedIn(Browser browser, Who who) {
        JsonObject me = browser.me();
        boolean gone = !me.getBoolean("signedIn") || me.getBoolean("locked");
        if (gone) {
            browser.signIn();
        }
        if (visitor == null) {
            browser.post("/api/vault/put", RolesBodies.vaultItem("keys", browser));
        }
        if ((gone || visitor == null) && who != Who.ADMINISTRATOR) {
            Booted.registerStatement(browser);
        }
    }

    /** What is written behind an answer (a desk's list of what left it) stands in the writer's line before these, which change nothing. */
    private void settled() throws Exception {
        for (int i = 0; i < 3; i++) {
            visitor.ack(0);
            expert.ack(visitor.conversation, 0);
        }
    }

    /** Everything that the request needs is there; what is answered comes when it is called. */
    Callable<String> prepared(RolesFile.Cell cell) throws Exception {
        called(switch (cell.action()) {
            case "answer transfer", "uncall", "hand-over", "decline" -> "transfer";
            case "answer look" -> "look";
            default -> null;
        });
        return switch (cell.table()) {
            case "visitor: routes" -> route(house.visitorPort(), cell);
            case "staff: routes" -> route(house.staffPort(), cell);
            case "health: routes" -> route(house.opsPort(), cell);
            case "visitor: frames posted" -> () -> posted(house.visitorPort(), "/frames", cell.who(), visitorFrame(cell.action(), cell.who()));
            case "staff: frames posted" -> () -> posted(house.staffPort(), "/frames", cell.who(), deskFrame(cell.action(), cell.who()));
            case "visitor: frames on a socket" -> () -> onVisitorSocket(cell);
            case "staff: frames on a socket" -> () -> onDeskSocket(cell);
            default -> throw new AssertionError("no such table: " + cell.table());
        };
    }

    /** @param purpose null: no call stands */
    private void called(String purpose) throws Exception {
        if (call != null && !calledFor.equals(purpose)) {
            expert.ask(act("uncall").put("call", call));
            call = null;
        }
        if (call == null && purpose != null) {
            call = Peer.id();
            calledFor = purpose;
            expert.ask(act("call").put("call", call).put("for", purpose).put("warm", true));
        }
    }

    // ---- routes

    private Callable<String> route(int port, RolesFile.Cell cell) {
        String[] action = cell.action().split(" ");
        String path = action[1].replace(":name", "shared-1.js");
        if (cell.action().equals("GET /live")) {
            return () -> upgraded(port, cell.who());
        }
        return switch (path) {
            case "/api/register" -> {
                Browser hers = first.another();
                hers.cookie = cookie(cell.who());
                String code = code(invite());
                yield () -> verdict(hers.register(code));
            }
            case "/api/sign-in" -> () -> verdict(staff.getOrDefault(cell.who(), first.another()).signIn());
            default -> {
                JsonObject body = action[0].equals("POST") ? body(path, cell.who()) : null;
                yield () -> body == null ? sent(request(port, path, cell.who()).GET()) : posted(port, path, cell.who(), body);
            }
        };
    }

    /** What the page would send there, right in every way: so that only who sends it decides. */
    private JsonObject body(String path, Who who) {
        return switch (path) {
            case "/frames" -> Peer.frame("ping").put("n", 1);
            case "/poll" -> Peer.frame("poll").put("v", 1).put("rev", 1).put("after", staff.containsKey(who) ? new JsonObject() : 0);
            case "/api/invitation/look", "/api/register/options" -> new JsonObject().put("invitation", code(invite()));
            case "/api/statement" -> new JsonObject().put("unsigned", Base64Url.encode(staff.getOrDefault(who, first).statement(RolesBodies.now(), RolesBodies.now() + 3600).encode()));
            case "/api/people/suspend" -> new JsonObject().put("id", spare.me().getString("id", "A".repeat(22)));
            case "/api/invitations" -> RolesBodies.invitation(Peer.id());
            case "/api/invitations/withdraw" -> new JsonObject().put("id", invite().getString("id"));
            case "/api/signing/certificate" -> new JsonObject().put("certificate", "AAAA");
            case "/api/signing/statement" -> new JsonObject().put("hash", "A".repeat(43)).put("signer", "A".repeat(43)).put("signature", "AAAA");
            case "/api/signing/refuse" -> new JsonObject().put("hash", "A".repeat(43));
            case "/api/signing/roster" -> new JsonObject().put("unsigned", "AAAA").put("signer", "A".repeat(43)).put("signature", "AAAA");
            case "/api/signing/revocation" -> new JsonObject().put("revocation", "AAAA");
            case "/api/passkeys" -> RolesBodies.passkey(staff.getOrDefault(who, first));
            case "/api/passkeys/remove" -> new JsonObject().put("id", Peer.id()).put("proof", "AAAA");
            case "/api/passkeys/options" -> new JsonObject().put("proof", staff.getOrDefault(who, first).proof("add-passkey"));
            case "/api/proof/options" -> new JsonObject().put("act", "keyring");
            case "/api/proof" -> RolesBodies.proof(staff.getOrDefault(who, first));
            case "/api/vault/keyring" -> RolesBodies.keyring(staff.getOrDefault(who, first));
            case "/api/people/reset" -> new JsonObject().put("id", staff.get(Who.EXPERT).me().getString("id"));
            case "/api/reports/answer" -> new JsonObject().put("report", reported).put("box", box());
            case "/api/duty" -> new JsonObject().put("available", true);
            case "/api/vault/put" -> RolesBodies.vaultItem("notes", staff.getOrDefault(who, first));
            case "/api/vault/lines" -> new JsonObject().put("item", "keys").put("after", 0);
            case "/api/vault/drop" -> new JsonObject().put("item", Peer.id());
            case "/api/sign-in/options", "/api/sign-out" -> new JsonObject();
            default -> throw new AssertionError("no body known for " + path);
        };
    }

    private JsonObject invite() {
        String id = Peer.id();
        return first.post("/api/invitations", RolesBodies.invitation(id)).body().put("id", id);
    }

    private static String code(JsonObject invited) {
        return invited.getString("link").split("=", 2)[1];
    }

    private String cookie(Who who) {
        return staff.containsKey(who) ? staff.get(who).cookie : null;
    }

    private HttpRequest.Builder request(int port, String path, Who who) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (staff.containsKey(who)) {
            request.header("Cookie", cookie(who));
        } else if (who != Who.ANONYMOUS) {
            request.header("Authorization", "Bearer " + capability(who));
        }
        return request;
    }

    private String posted(int port, String path, Who who, JsonObject body) throws Exception {
        return sent(request(port, path, who).header("Content-Type", "application/json").header("X-Naast", "1").header("Naast-Version", "1").POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private String sent(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = house.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return verdict(response.statusCode(), response.body());
    }

    private static String verdict(nl.naast.support.Answer answer) {
        return verdict(answer.status(), answer.text());
    }

    private static String verdict(int status, String body) {
        JsonObject json = body.startsWith("{") ? new JsonObject(body) : new JsonObject();
        return (status + " " + json.getString("code", json.getString("t", ""))).strip();
    }

    // ---- frames

    private String capability(Who who) {
        return switch (who) {
            case VISITOR -> visitor.capability;
            case OTHER_VISITOR -> other.capability;
            default -> Peer.bytes(MlsBytes.random(32));
        };
    }

    JsonObject visitorFrame(String action, Who who) {
        byte[] key = MlsBytes.random(65);
        key[0] = 4;
        return switch (action) {
            case "hello" -> Peer.frame("hello").put("v", 1).put("capability", capability(who));
            case "join" -> act("join").put("language", "nl").put("consentKey", Peer.bytes(key));
            case "leave" -> act("leave").put("quick", false);
            case "decline" -> act("decline").put("call", call == null ? Peer.id() : call);
            case "another" -> act("another");
            case "coordinators" -> Peer.frame("coordinators").put("n", 7);
            case "report" -> report(Peer.id());
            case "answers" -> act("answers").put("report", reported);
            default -> both(action);
        };
    }

    JsonObject deskFrame(String action, Who who) {
        Expert hers = who == Who.OTHER_EXPERT ? otherExpert : who == Who.COORDINATOR ? coordinator : expert;
        long fence = hers.fence;
        String stands = call == null ? Peer.id() : call;
        return switch (action) {
            case "lease" -> Peer.frame("lease").put("n", 7).put("v", 1).put("desk", hers.desk);
            case "available", "away" -> Peer.frame(action).put("n", 7).put("fence", fence).put("yes", true);
            case "claim" -> Peer.frame("claim").put("n", 7).put("fence", fence).put("claim", Peer.id()).put("slot", 2).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE)));
            case "close", "release" -> act(action).put("fence", fence);
            case "call" -> act("call").put("fence", fence).put("call", stands).put("for", "transfer").put("warm", true);
            case "answer transfer", "answer look" -> Peer.frame("answer").put("n", 7).put("fence", fence).put("call", stands).put("slot", 2).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE)));
            case "uncall", "hand-over" -> act(action).put("fence", fence).put("call", stands);
            case "ping" -> both(action);
            default -> both(action).put("fence", fence);
        };
    }

    private JsonObject act(String type) {
        return Peer.frame(type).put("n", 7).put("conversation", visitor.conversation);
    }

    private JsonObject report(String id) {
        return act("report").put("report", id).put("boxes", new JsonArray().add(new JsonObject().put("to", to).put("box", box())));
    }

    private static String box() {
        byte[] box = MlsBytes.random(200);
        box[0] = 1;
        return Peer.bytes(box);
    }

    private JsonObject both(String action) {
        return switch (action) {
            case "append message" -> append("message", MlsBytes.message(visitor.group, visitor.epoch));
            case "append commit" -> append("commit", MlsBytes.commit(visitor.group, visitor.epoch));
            case "append add" -> append("add", MlsBytes.add(visitor.group, visitor.epoch));
            case "fetch" -> act("fetch").put("after", 0).put("limit", 10);
            case "ack" -> act("ack").put("seq", 1);
            case "signal" -> act("signal").put("body", "AAAA");
            case "ping" -> Peer.frame("ping").put("n", 7);
            default -> throw new AssertionError("no frame known for " + action);
        };
    }

    private JsonObject append(String kind, byte[] body) {
        return act("append").put("id", Peer.id()).put("kind", kind).put("body", Peer.bytes(body));
    }

    private String onVisitorSocket(RolesFile.Cell cell) throws Exception {
        boolean known = !cell.action().equals("hello") && (cell.who() == Who.VISITOR || cell.who() == Who.OTHER_VISITOR);
        return known ? asked(cell.who() == Who.VISITOR ? visitor.peer : other.peer, visitorFrame(cell.action(), cell.who())) : askedOnNewSocket(house.visitorPort(), cell.who(), visitorFrame(cell.action(), cell.who()));
    }

    private String onDeskSocket(RolesFile.Cell cell) throws Exception {
        JsonObject frame = deskFrame(cell.action(), cell.who());
        return switch (cell.who()) {
            case EXPERT -> asked(expert.peer, frame);
            case OTHER_EXPERT -> asked(otherExpert.peer, frame);
            case COORDINATOR -> asked(coordinator.peer, frame);
            default -> {
                String opened = upgraded(house.staffPort(), cell.who());
                yield opened.equals("101") ? askedOnNewSocket(house.staffPort(), cell.who(), frame) : opened;
            }
        };
    }

    private String askedOnNewSocket(int port, Who who, JsonObject frame) throws Exception {
        try (Peer peer = Peer.connect(client, socket(port, who))) {
            return asked(peer, frame);
        }
    }

    /** A greeting has no number. */
    private static String asked(Peer peer, JsonObject frame) throws Exception {
        if (!frame.getString("t").equals("hello")) {
            return word(peer.ask(frame));
        }
        peer.say(frame);
        return word(peer.hear(answer -> List.of("ready", "refused").contains(answer.getString("t"))));
    }

    private static String word(JsonObject answer) {
        return answer.getString("code", answer.getString("t"));
    }

    private WebSocketConnectOptions socket(int port, Who who) {
        WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/live").addHeader("Origin", "http://localhost:" + port);
        if (staff.containsKey(who)) {
            options.addHeader("Cookie", cookie(who));
        } else if (who != Who.ANONYMOUS) {
            options.addHeader("Authorization", "Bearer " + capability(who));
        }
        return options;
    }

    private String upgraded(int port, Who who) throws Exception {
        try (Peer peer = Peer.connect(client, socket(port, who))) {
            return "101";
        } catch (ExecutionException refused) {
            UpgradeRejectedException why = (UpgradeRejectedException) refused.getCause();
            return verdict(why.getStatus(), why.getBody().toString());
        }
    }

    @Override
    public void close() {
        Booted.await(client.close());
    }
}
