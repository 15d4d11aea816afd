package nl.naast.house;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import nl.naast.canon.Hash;

/** A visitor at a socket: her capability, her conversation, her group. */
public final class Visitor {
    public final Peer peer;
    public final String capability;
    public final String conversation;
    public final byte[] group = MlsBytes.random(16);
    public long epoch;

    private Visitor(Peer peer, String capability, String conversation) {
        this.peer = peer;
        this.capability = capability;
        this.conversation = conversation;
    }

    /** Connects and says hello. */
    public static Visitor at(Origins house, WebSocketClient client) throws Exception {
        return again(house, client, Peer.bytes(MlsBytes.random(32)), Peer.id());
    }

    public static Visitor again(Origins house, WebSocketClient client, String capability, String conversation) throws Exception {
        Visitor visitor = new Visitor(Peer.visitor(house, client), capability, conversation);
        visitor.peer.say(Peer.frame("hello").put("v", 1).put("capability", capability));
        visitor.peer.hear("ready");
        return visitor;
    }

    public JsonObject join(String language) throws Exception {
        byte[] key = MlsBytes.random(65);
        key[0] = 4;
        return peer.ask(Peer.frame("join").put("conversation", conversation).put("language", language).put("consentKey", Peer.bytes(key)));
    }

    public JsonObject append(String kind, String id, byte[] body) throws Exception {
        return peer.ask(Peer.frame("append").put("conversation", conversation).put("id", id).put("kind", kind).put("body", Peer.bytes(body)));
    }

    /** Takes in whoever claimed her. */
    public JsonObject add() throws Exception {
        JsonObject stored = append("add", Peer.id(), MlsBytes.add(group, epoch));
        epoch++;
        return stored;
    }

    public JsonObject message() throws Exception {
        return append("message", Peer.id(), MlsBytes.message(group, epoch));
    }

    public JsonObject fetch(long after) throws Exception {
        return peer.ask(Peer.frame("fetch").put("conversation", conversation).put("after", after).put("limit", 100));
    }

    public JsonObject ack(long seq) throws Exception {
        return peer.ask(Peer.frame("ack").put("conversation", conversation).put("seq", seq));
    }

    /** Something does not feel right. @param to hashes of coordinators' statements */
    public JsonObject report(String id, Hash... to) throws Exception {
        byte[] box = MlsBytes.random(200);
        box[0] = 1;
        JsonArray boxes = new JsonArray();
        List.of(to).forEach(hash -> boxes.add(new JsonObject().put("to", Peer.bytes(hash.bytes())).put("box", Peer.bytes(box))));
        return peer.ask(Peer.frame("report").put("conversation", conversation).put("report", id).put("boxes", boxes));
    }

    public JsonObject leave() throws Exception {
        return peer.ask(Peer.frame("leave").put("conversation", conversation).put("quick", false));
    }
}
