package nl.naast.house;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;

/** An expert at a desk: her session, her lease. */
public final class Expert {
    public final Peer peer;
    public final House.SignedIn who;
    public final String desk;
    public long fence;

    private Expert(Peer peer, House.SignedIn who, String desk) {
        this.peer = peer;
        this.who = who;
        this.desk = desk;
    }

    /** Connects and takes the lease. */
    public static Expert at(Origins house, WebSocketClient client, House.SignedIn who, String desk) throws Exception {
        Expert expert = new Expert(Peer.desk(house, client, who), who, desk);
        expert.fence = expert.peer.ask(Peer.frame("lease").put("v", 1).put("desk", desk)).getLong("fence");
        return expert;
    }

    public JsonObject ask(JsonObject frame) throws Exception {
        return peer.ask(frame.copy().put("fence", fence));
    }

    public JsonObject claim(int slot) throws Exception {
        return claim(slot, Peer.id());
    }

    public JsonObject claim(int slot, String claim) throws Exception {
        return ask(Peer.frame("claim").put("claim", claim).put("slot", slot).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE))));
    }

    public JsonObject append(String conversation, String kind, String id, byte[] body) throws Exception {
        return ask(Peer.frame("append").put("conversation", conversation).put("id", id).put("kind", kind).put("body", Peer.bytes(body)));
    }

    public JsonObject message(Visitor visitor) throws Exception {
        return append(visitor.conversation, "message", Peer.id(), MlsBytes.message(visitor.group, visitor.epoch));
    }

    public JsonObject ack(String conversation, long seq) throws Exception {
        return ask(Peer.frame("ack").put("conversation", conversation).put("seq", seq));
    }

    public JsonObject fetch(String conversation, long after) throws Exception {
        return ask(Peer.frame("fetch").put("conversation", conversation).put("after", after).put("limit", 100));
    }
}
