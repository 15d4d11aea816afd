package nl.naast.bench;

import java.util.ArrayDeque;
import java.util.Queue;

/** One side of a conversation under load. On the load's thread only. */
final class End {
    private final Wire wire;
    private final String conversation;
    /** What a desk's frames carry besides (protocol.md §5); empty for a visitor. */
    private final String fence;
    private final String idHead;
    private final Queue<Long> sentAt = new ArrayDeque<>();
    private String body = "";
    private long ids;

    /** @param idHead twelve characters of base64url, by which this end's envelope ids differ from all others */
    End(Wire wire, String conversation, String fence, String idHead) {
        this.wire = wire;
        this.conversation = conversation;
        this.fence = fence;
        this.idHead = idHead;
    }

    Wire wire() {
        return wire;
    }

    /** @param text what all its messages carry from now on, base64url */
    void carry(String text) {
        body = text;
    }

    void send() {
        String frame = "{\"t\":\"append\",\"n\":" + wire.number() + ",\"conversation\":\"" + conversation + "\",\"id\":\"" + id() + "\",\"kind\":\"message\",\"body\":\"" + body + "\"" + fence + "}";
        sentAt.add(System.nanoTime());
        wire.say(frame);
    }

    /** 16 bytes in canonical base64url: the last of 22 characters holds two bits only. */
    private String id() {
        String digits = Long.toString(1_000_000_000L + ids++);
        return idHead + digits.substring(1) + "A";
    }

    void ack(long seq) {
        wire.say("{\"t\":\"ack\",\"n\":" + wire.number() + ",\"conversation\":\"" + conversation + "\",\"seq\":" + seq + fence + "}");
    }

    /** The oldest on its way has arrived. @return how long it took, in nanoseconds */
    long arrived() {
        return System.nanoTime() - sentAt.remove();
    }
}
