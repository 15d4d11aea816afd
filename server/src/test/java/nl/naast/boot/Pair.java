package nl.naast.boot;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Id16;
import nl.naast.support.Browser;

/** A visitor and an expert whose pages go to another process when theirs is gone, and say again what was not acknowledged. */
final class Pair {
    /** The web client's pauses (connection.ts): random, growing from this one. */
    private static final long FIRST_PAUSE_MS = 300;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Fleet fleet;
    private final WebSocketClient client;
    private final House.SignedIn session;
    private final String desk = Peer.id();
    private final String claim = Peer.id();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private Visitor visitor;
    private Expert expert;
    private boolean moved;

    Pair(Fleet fleet, WebSocketClient client, Browser browser, int number) throws Exception {
        this.fleet = fleet;
        this.client = client;
        Booted.registerStatement(browser);
        this.session = new House.SignedIn(new StaffId(new Id16(browser.me().getString("id"))), browser.cookie.split("=", 2)[1]);
        this.expert = Expert.at(fleet.at((number + 1) % fleet.size()), client, session, desk);
        this.visitor = Visitor.at(fleet.at(number % fleet.size()), client);
    }

    Void comes() throws Exception {
        visitor.join("nl");
        return null;
    }

    /** @return whom she got */
    String claim() throws Exception {
        return expert.claim(1, claim).getString("conversation");
    }

    String conversation() {
        return visitor.conversation;
    }

    /** After the race each pair is who got whom. */
    static void match(List<Pair> pairs) throws Exception {
        Map<String, Visitor> visitors = pairs.stream().map(pair -> pair.visitor).collect(Collectors.toMap(visitor -> visitor.conversation, Function.identity()));
        for (Pair pair : pairs) {
            pair.visitor = visitors.get(pair.claim());
        }
    }

    /** The visitor lets the expert in. */
    Void begin() throws Exception {
        visitor.peer.hear("view", "claimed");
        visitor.add();
        // At the other process only a notice tells of it so soon: pages look by themselves each half minute.
        expert.peer.hear(frame -> "hint".equals(frame.getString("t")) || "envelope".equals(frame.getString("t")));
        expert.ack(visitor.conversation, 1);
        visitor.peer.hear("view", "talking");
        return null;
    }

    /** One message of each side, both acknowledged. */
    Void speak() throws Exception {
        said(false, Peer.id());
        said(true, Peer.id());
        return null;
    }

    /** They speak until one message of each side, first said after something broke, or after a second in which nothing did, was acknowledged and has arrived. @return when (nanoseconds) */
    Long goesOn() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!moved && System.nanoTime() < until) {
            speak();
            Thread.sleep(50);
        }
        String last = Peer.id();
        said(true, last);
        arrived(false, last);
        String answer = Peer.id();
        said(false, answer);
        arrived(true, answer);
        return System.nanoTime();
    }

    /** Says it until it is acknowledged. */
    private void said(boolean byVisitor, String id) throws Exception {
        byte[] body = MlsBytes.message(visitor.group, visitor.epoch);
        acknowledged.put(id, again(() -> {
            JsonObject answer = byVisitor ? visitor.append("message", id, body) : expert.append(visitor.conversation, "message", id, body);
            if (!"stored".equals(answer.getString("t"))) {
                throw new IllegalStateException("not now: " + answer.getString("code"));
            }
            return answer.getLong("seq");
        }));
    }

    /** The other side has read it. */
    private void arrived(boolean atVisitor, String id) throws Exception {
        long seq = acknowledged.get(id);
        again(() -> {
            JsonObject page = atVisitor ? visitor.fetch(seq - 1) : expert.fetch(visitor.conversation, seq - 1);
            if (page.getJsonArray("items") == null || page.getJsonArray("items").stream().noneMatch(item -> ((JsonObject) item).getString("id").equals(id))) {
                throw new IllegalStateException("not there: " + page.getString("code"));
            }
            return seq;
        });
    }

    private interface Asked {
        long ask() throws Exception;
    }

    private long again(Asked what) throws Exception {
        long until = System.nanoTime() + PATIENCE_NANOS;
        for (int attempt = 0; ; attempt++) {
            try {
                return what.ask();
            } catch (Exception | AssertionError broken) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("never done", broken);
                }
                Thread.sleep(ThreadLocalRandom.current().nextLong(1 + FIRST_PAUSE_MS << Math.min(attempt, 4)));
                reconnect();
            }
        }
    }

    private void reconnect() {
        try {
            if (visitor.peer.isClosed()) {
                moved = true;
                Visitor back = Visitor.again(fleet.at(anywhere()), client, visitor.capability, visitor.conversation);
                System.arraycopy(visitor.group, 0, back.group, 0, visitor.group.length);
                back.epoch = visitor.epoch;
                visitor = back;
            }
            if (expert.peer.isClosed()) {
                moved = true;
                expert = Expert.at(fleet.at(anywhere()), client, session, desk);
            }
        } catch (Exception | AssertionError refused) {
            // That process is gone too: another, a pause later.
        }
    }

    private int anywhere() {
        return ThreadLocalRandom.current().nextInt(fleet.size());
    }

    /** Each acknowledged message is there once, under its number. */
    Void check() throws Exception {
        List<String> there = new ArrayList<>();
        JsonObject page = visitor.fetch(0);
        for (long after = 0; ; page = visitor.fetch(after)) {
            for (Object each : page.getJsonArray("items")) {
                JsonObject item = (JsonObject) each;
                after = item.getLong("seq");
                there.add(item.getString("id"));
                if (acknowledged.containsKey(item.getString("id")) && acknowledged.get(item.getString("id")) != after) {
                    throw new AssertionError("another number");
                }
            }
            if (!page.getBoolean("more")) {
                break;
            }
        }
        if (there.size() != there.stream().distinct().count() || !there.containsAll(acknowledged.keySet())) {
            throw new AssertionError("doubled or lost: " + there.size() + " there, " + acknowledged.size() + " acknowledged");
        }
        return null;
    }

    boolean moved() {
        return moved;
    }

    int acknowledged() {
        return acknowledged.size();
    }
}
