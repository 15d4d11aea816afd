package nl.naast.bench;

import java.util.function.LongConsumer;

/**
 * A conversation under load: both sides send in turn, and each says every half second what it needs no more, as both pages do (TRANSPORT_ACK_DELAY_MS in web-client). A message is done when its sender has heard "stored"
 * and the other side has the envelope. On the load's thread only.
 */
final class Pair {
    private final End visitor;
    private final End expert;
    /** The last sequence number before the load. */
    private final long base;
    private long sent;
    private long stored;
    private long delivered;
    private final long[] acked = new long[2];
    private Runnable done = () -> { };
    private LongConsumer took = nanos -> { };

    Pair(End visitor, End expert, long base) {
        this.visitor = visitor;
        this.expert = expert;
        this.base = base;
        visitor.wire().listen(text -> heard(text, expert));
        expert.wire().listen(text -> heard(text, visitor));
    }

    /**
     * @param done called when a message is done
     * @param took called with the nanoseconds from sent to delivered
     */
    void on(Runnable done, LongConsumer took) {
        this.done = done;
        this.took = took;
    }

    void carry(String visitors, String experts) {
        visitor.carry(visitors);
        expert.carry(experts);
    }

    void send() {
        (sent++ % 2 == 0 ? visitor : expert).send();
    }

    /** What comes from now on is no news: the server ends. */
    void end() {
        visitor.wire().end();
        expert.wire().end();
    }

    boolean quiet() {
        return sent == done();
    }

    private long done() {
        return Math.min(stored, delivered);
    }

    /** The relays pass a frame on as it came: there an append is what the other side gets. */
    private void heard(String text, End other) {
        long before = done();
        if (text.startsWith("{\"t\":\"stored\"")) {
            stored++;
        } else if (text.startsWith("{\"t\":\"envelope\"") || text.startsWith("{\"t\":\"append\"")) {
            delivered++;
            took.accept(other.arrived());
        } else if (text.startsWith("{\"t\":\"refused\"") || text.startsWith("{\"t\":\"hint\"")) {
            other.wire().wrong(text);
        }
        if (done() > before) {
            done.run();
        }
    }

    /** @param side 0: the visitor's, 1: the expert's */
    void ack(int side) {
        if (done() > acked[side]) {
            acked[side] = done();
            (side == 0 ? visitor : expert).ack(base + done());
        }
    }
}
