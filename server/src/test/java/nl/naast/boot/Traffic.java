package nl.naast.boot;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nl.naast.access.StaffId;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Origins;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Id16;
import nl.naast.support.Browser;

/** A conversation on a real server in which both sides send without waiting for answers, and visitors who come into the line meanwhile. Remembers what was acknowledged. */
final class Traffic {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Origins server;
    private final WebSocketClient client;
    private final HttpClient http;
    private Browser expertsBrowser;
    Visitor visitor;
    volatile Expert expert;
    private final String desk = Peer.id();
    private final List<Visitor> line = new ArrayList<>();
    private final Map<Long, String> acknowledged = new TreeMap<>();
    private int asked;

    Traffic(Origins server, WebSocketClient client, HttpClient http) {
        this.server = server;
        this.client = client;
        this.http = http;
    }

    /** The first person registers, is believed, takes a visitor and is let in. */
    void begin(String invitation) throws Exception {
        expertsBrowser = new Browser(http, server::staffPort, server.staffOrigin()).registered(invitation);
        Booted.registerStatement(expertsBrowser);
        visitor = Visitor.at(server, client);
        visitor.join("nl");
        expert = connectDesk();
        expert.claim(1);
        visitor.peer.hear("view", "claimed");
        visitor.add();
        expert.ack(visitor.conversation, 1);
        visitor.peer.hear("view", "talking");
    }

    private Expert connectDesk() throws Exception {
        StaffId id = new StaffId(new Id16(expertsBrowser.me().getString("id")));
        return Expert.at(server, client, new House.SignedIn(id, expertsBrowser.cookie.split("=", 2)[1]), desk);
    }

    /** @return whether her desk has its lease again: not while the store does not answer */
    boolean deskAgain() {
        try {
            expert = connectDesk();
            return true;
        } catch (Exception | AssertionError refused) {
            return false;
        }
    }

    /** Both sides send, and people come, until so many messages were acknowledged; at the most forty are on their way. */
    void run(int enough) throws Exception {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (note() < enough) {
            if (System.nanoTime() > until) {
                throw new AssertionError("only " + acknowledged.size() + " acknowledged");
            }
            if (asked < acknowledged.size() + 40) {
                send();
            }
            if (line.size() < acknowledged.size() / 20 && line.size() < 20) {
                Visitor comes = Visitor.at(server, client);
                comes.peer.say(join(comes));
                line.add(comes);
            }
            Thread.sleep(2);
        }
    }

    /** One message of each side, not waited for. */
    void send() {
        asked += 2;
        visitor.peer.say(append(visitor, asked));
        expert.peer.say(append(visitor, asked).put("fence", expert.fence));
    }

    private static JsonObject append(Visitor visitor, int n) {
        return Peer.frame("append").put("n", n).put("conversation", visitor.conversation).put("id", Peer.id()).put("kind", "message").put("body", Peer.bytes(MlsBytes.message(visitor.group, visitor.epoch)));
    }

    private static JsonObject join(Visitor visitor) {
        byte[] key = MlsBytes.random(65);
        key[0] = 4;
        return Peer.frame("join").put("n", 1).put("conversation", visitor.conversation).put("language", "ar").put("consentKey", Peer.bytes(key));
    }

    /** Takes down what both sides heard so far. @return how many were acknowledged in all */
    int note() {
        for (Peer peer : List.of(visitor.peer, expert.peer)) {
            peer.all("stored").forEach(stored -> acknowledged.put(stored.getLong("seq"), stored.getString("id")));
        }
        return acknowledged.size();
    }

    int asked() {
        return asked;
    }

    List<Peer> peers() {
        List<Peer> peers = new ArrayList<>(List.of(visitor.peer, expert.peer));
        line.forEach(each -> peers.add(each.peer));
        return peers;
    }

    /** Both sides connect anew, as their pages do; the desk keeps its lease. What was on its way is given up. */
    void resume() throws Exception {
        asked = acknowledged.size();
        Visitor again = Visitor.again(server, client, visitor.capability, visitor.conversation);
        System.arraycopy(visitor.group, 0, again.group, 0, visitor.group.length);
        again.epoch = visitor.epoch;
        visitor = again;
        expert = connectDesk();
    }

    /** @return the acknowledged envelopes that the server does not have any more, or has elsewhere */
    Set<String> missing() throws Exception {
        Map<Long, String> there = new TreeMap<>();
        boolean more = true;
        for (long after = 0; more;) {
            JsonObject page = visitor.fetch(after);
            for (Object item : page.getJsonArray("items")) {
                after = ((JsonObject) item).getLong("seq");
                there.put(after, ((JsonObject) item).getString("id"));
            }
            more = page.getBoolean("more");
        }
        Set<String> missing = new HashSet<>();
        acknowledged.forEach((seq, id) -> {
            if (!id.equals(there.get(seq))) {
                missing.add(seq + " " + id);
            }
        });
        return missing;
    }

    /** Who waits in the line is looked at no more. */
    void forgetLine() {
        line.clear();
    }

    /** @return how many had heard that they have a place, and how many of those have none now */
    int[] places() throws Exception {
        int had = 0;
        int lost = 0;
        for (Visitor one : line) {
            if (!one.peer.all("joined").isEmpty()) {
                had++;
                Visitor again = Visitor.again(server, client, one.capability, one.conversation);
                lost += "waiting".equals(again.peer.hear("view").getString("state")) ? 0 : 1;
                again.peer.close();
            }
        }
        return new int[] {had, lost};
    }
}
