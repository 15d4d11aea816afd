package nl.naast.vault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.platform.Id16;

/**
 * One thing in a vault.
 *
 * @param version   1, 2, 3 …: one more with each put
 * @param write     the id of the put that wrote it last
 * @param lines     how many lines it has
 * @param bytes     of all its lines
 * @param tail      those of them that came with the last put, where the store keeps them in the item until the next one (MongoDB)
 * @param expiresAt whole minutes; empty: as long as its person
 */
record Item(ItemName name, long version, Id16 write, byte[] body, long lines, long bytes, List<byte[]> tail, Optional<Instant> expiresAt) {
    Item {
        tail = List.copyOf(tail);
    }

    /** All that it takes. */
    long size() {
        return bytes + body.length;
    }

    boolean lives(Instant now) {
        return expiresAt.map(end -> end.isAfter(now)).orElse(true);
    }

    @Override
    public String toString() {
        return "Item[***]";
    }
}
