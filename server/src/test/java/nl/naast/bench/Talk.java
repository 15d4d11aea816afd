package nl.naast.bench;

import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;

/** A conversation that has begun: its sockets, and the group and epoch that its envelopes must name (protocol.md §8). */
record Talk(Pair pair, byte[] group, long epoch) {
    void carry(int bytes) {
        pair.carry(body(bytes), body(bytes));
    }

    private String body(int bytes) {
        return Peer.bytes(MlsBytes.privateMessage(group, epoch, 1, bytes));
    }
}
