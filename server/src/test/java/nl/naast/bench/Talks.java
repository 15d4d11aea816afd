package nl.naast.bench;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.platform.Base64Url;
import nl.naast.support.Browser;

/** Begins conversations as both pages do: each expert is invited, registers, has her statement signed, opens her desk and claims one visitor, who takes her in. */
final class Talks {
    private static final int ASKED = 6;
    private static final long WEEK = 7 * 86_400;
    private static final int AT_ONCE = 4;

    private final NaastServer server;
    private final Load load;

    Talks(NaastServer server, Load load) {
        this.server = server;
        this.load = load;
    }

    List<Talk> begin(int count) throws Exception {
        List<Talk> talks = new ArrayList<>();
        for (Browser expert : experts(count)) {
            talks.add(talk(expert));
        }
        return talks;
    }

    private List<Browser> experts(int count) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(); ExecutorService together = Executors.newFixedThreadPool(AT_ONCE)) {
            Browser first = new Browser(http, server::staffPort, server.staffOrigin()).registered(server.invitation());
            List<Future<Browser>> invited = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String alias = "Expert " + i;
                invited.add(together.submit(() -> believed(first.invited(alias, "expert"))));
            }
            List<Browser> experts = new ArrayList<>();
            for (Future<Browser> one : invited) {
                experts.add(one.get());
            }
            return experts;
        }
    }

    /** Asks again as the page does: many at once write one roster. */
    private static Browser believed(Browser expert) throws InterruptedException {
        long now = InstantSource.system().instant().getEpochSecond();
        String unsigned = Base64Url.encode(expert.statement(now, now + WEEK).encode());
        for (int i = 0; i < ASKED; i++) {
            if (expert.post("/api/statement", new JsonObject().put("unsigned", unsigned)).status() == 200) {
                return expert;
            }
            Thread.sleep(500L * (i + 1));
        }
        throw new IllegalStateException("no statement");
    }

    private Talk talk(Browser expert) throws Exception {
        String conversation = Peer.id();
        byte[] group = MlsBytes.random(16);
        Wire visitor = greeted(server, load, Peer.bytes(MlsBytes.random(32)));
        visitor.ask(joining(conversation, "nl"));
        Wire desk = Wire.connected(load, server.desk(expert.cookie));
        long fence = desk.ask(Peer.frame("lease").put("v", 1).put("desk", Peer.id())).getLong("fence");
        desk.ask(Peer.frame("claim").put("fence", fence).put("claim", Peer.id()).put("slot", 1).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE))));
        visitor.ask(Peer.frame("append").put("conversation", conversation).put("id", Peer.id()).put("kind", "add").put("body", Peer.bytes(MlsBytes.add(group, 0))));
        desk.ask(Peer.frame("ack").put("fence", fence).put("conversation", conversation).put("seq", 1));
        visitor.hear(frame -> "talking".equals(frame.getString("state")));
        End hers = new End(visitor, conversation, "", Peer.id().substring(0, 12));
        return new Talk(new Pair(hers, new End(desk, conversation, ",\"fence\":" + fence, Peer.id().substring(0, 12)), 1), group, 1);
    }

    /** A visitor's page that has connected and was told her view. */
    static Wire greeted(NaastServer server, Load load, String capability) throws Exception {
        Wire wire = Wire.connected(load, server.visitor());
        wire.say(hello(capability));
        wire.hear(frame -> "view".equals(frame.getString("t")));
        return wire;
    }

    static String hello(String capability) {
        return Peer.frame("hello").put("v", 1).put("capability", capability).encode();
    }

    /** Without its number. */
    static JsonObject joining(String conversation, String language) {
        byte[] key = MlsBytes.random(65);
        key[0] = 4;
        return Peer.frame("join").put("conversation", conversation).put("language", language).put("consentKey", Peer.bytes(key));
    }
}
