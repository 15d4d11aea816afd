package nl.naast.boot;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import nl.naast.access.StaffId;
import nl.naast.canon.Revocation;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Origins;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.support.Browser;

/** An expert who talks, and whom a signed record is going to end; and who talks with her. */
final class Revoked {
    /** Her joining, a line of each. */
    private static final long SAID = 3;

    final Revocation revocation;
    /** The revocation, as views carry it. */
    final String record;
    final List<Visitor> visitors = new ArrayList<>();
    private final Expert expert;

    Revoked(Origins at, WebSocketClient sockets, Browser browser, Revocation revocation) throws Exception {
        this.revocation = revocation;
        this.record = Base64Url.encode(revocation.encode());
        this.expert = Expert.at(at, sockets, new House.SignedIn(new StaffId(new Id16(browser.me().getString("id"))), browser.cookie.split("=", 2)[1]), Peer.id());
    }

    /** With her, from now on. */
    void talks(Visitor visitor, int slot) throws Exception {
        String claimed = expert.claim(slot).getString("conversation");
        if (!visitor.conversation.equals(claimed)) {
            throw new AssertionError("somebody else: " + claimed);
        }
        visitor.peer.hear("view", "claimed");
        visitor.add();
        expert.peer.hear(frame -> List.of("hint", "envelope").contains(frame.getString("t")) && visitor.conversation.equals(frame.getString("conversation")));
        expert.ack(visitor.conversation, 1);
        visitor.peer.hear("view", "talking");
        if (visitor.message().getLong("seq") != SAID - 1 || expert.message(visitor).getLong("seq") != SAID) {
            throw new AssertionError("they do not talk");
        }
        visitors.add(visitor);
        expert.peer.hear(frame -> Long.valueOf(SAID - 1).equals(frame.getLong("seq")) && visitor.conversation.equals(frame.getString("conversation")));
    }

    /** Nothing of hers is taken, nothing is handed to her, and nothing that a visitor says is for her. */
    void isStopped() throws Exception {
        for (Visitor visitor : visitors) {
            try {
                List<String> told = List.of(expert.message(visitor).getString("t"), expert.fetch(visitor.conversation, 0).getString("t"));
                if (!told.equals(List.of("refused", "refused"))) {
                    throw new AssertionError("she still talks: " + told);
                }
            } catch (Peer.Gone gone) {
                // Her socket is closed: refused altogether.
            }
            JsonObject signal = visitor.peer.ask(Peer.frame("signal").put("conversation", visitor.conversation).put("body", Peer.bytes(new byte[] {1, 2, 3})));
            if (!"refused".equals(visitor.message().getString("t")) || !List.of("refused", "signalled").contains(signal.getString("t"))) {
                throw new AssertionError("taken, though nobody talks with her");
            }
        }
    }

    /** But that it is over: nothing that was said after, and no signal. */
    void heardNothing() throws Exception {
        expert.peer.hear("lease-lost");
        if (expert.peer.closeCode() != 4001 || expert.peer.hasHeard(frame -> "signal".equals(frame.getString("t")) || frame.getLong("seq", 0L) > SAID)) {
            throw new AssertionError("something was still passed on to her");
        }
    }
}
