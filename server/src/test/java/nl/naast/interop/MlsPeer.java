package nl.naast.interop;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Bouncy Castle's MLS as another program: one JSON object a line in, one a line out, bytes in hexadecimal. Started by the web client's
 * interop test, which talks MLS with it. {@code {"op":…,"member":NAME,…}} → the answer's fields, or {@code {"error":CLASS}}.
 */
public final class MlsPeer {
    private static final HexFormat HEX = HexFormat.of();
    private final Map<String, BouncyMember> members = new HashMap<>();

    private MlsPeer() {
    }

    public static void main(String[] args) throws Exception {
        var peer = new MlsPeer();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(peer.answer(new JsonObject(line)).encode());
        }
    }

    private JsonObject answer(JsonObject request) {
        try {
            return perform(request);
        } catch (Exception e) {
            return new JsonObject().put("error", e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private JsonObject perform(JsonObject request) throws Exception {
        var name = request.getString("member");
        if (request.getString("op").equals("make")) {
            return make(name, bytes(request, "identity"));
        }
        var member = members.get(name);
        return switch (request.getString("op")) {
            case "create" -> done(() -> member.create(bytes(request, "groupId")));
            case "join" -> done(() -> member.join(bytes(request, "welcome")));
            case "add" -> commit(member.add(bytes(request, "keyPackage")));
            case "remove" -> commit(member.remove(request.getInteger("leaf")));
            case "update" -> commit(member.update());
            case "apply" -> done(member::apply);
            case "handle" -> done(() -> member.handle(bytes(request, "commit")));
            case "seal" -> one("message", member.seal(bytes(request, "plain"), request.getInteger("size")));
            case "open" -> one("plain", member.open(bytes(request, "message")));
            case "export" -> one("secret", member.export(request.getString("label"), request.getInteger("length")));
            case "authenticator" -> one("authenticator", member.authenticator());
            default -> throw new IllegalArgumentException(request.getString("op"));
        };
    }

    private JsonObject make(String name, byte[] identity) throws Exception {
        var member = new BouncyMember(identity);
        members.put(name, member);
        return one("keyPackage", member.keyPackage()).put("signatureKey", HEX.formatHex(member.publicSignatureKey()));
    }

    private static JsonObject commit(byte[][] made) {
        return one("commit", made[0]).put("welcome", HEX.formatHex(made[1]));
    }

    private static JsonObject done(Step step) throws Exception {
        step.run();
        return new JsonObject();
    }

    private static JsonObject one(String name, byte[] value) {
        return new JsonObject().put(name, HEX.formatHex(value));
    }

    private static byte[] bytes(JsonObject request, String name) {
        return HEX.parseHex(request.getString(name));
    }

    private interface Step {
        void run() throws Exception;
    }
}
