package nl.naast.vault;

import java.time.Duration;

/**
 * What binds every vault (docs/protocol.md §10, docs/retention.md).
 *
 * @param bodyBytes of an item
 * @param items     of one person
 * @param lines     that come with one put
 * @param lineBytes of one of them
 * @param itemLines that one item has at the most
 * @param personBytes of all that one person has, as her pages sent it
 * @param stepBytes that an item grows by until all that she has is added up again; it may be so much more for each of her items
 * @param pageBytes of the lines that are read at once; one is always read
 * @param talkKept  how long a conversation's item is kept after its last write
 */
public record VaultRules(int bodyBytes, int items, int lines, int lineBytes, int itemLines, long personBytes, long stepBytes, int pageBytes, Duration talkKept) {
    /** Docs/retention.md, as the one after it. */
    public static final Duration TALK_KEPT = Duration.ofHours(24);
    /** What belongs to nobody on the staff any more. */
    public static final Duration AT_ONCE = Duration.ZERO;

    public static VaultRules standard() {
        return new VaultRules(131_072, 64, 100, 24_576, 20_000, 67_108_864, 1_048_576, 262_144, TALK_KEPT);
    }

    /** So large is a put's body at the most, as JSON: everything at its limit, in base64url, with its names. */
    int putBytes() {
        return base64(bodyBytes) + lines * (base64(lineBytes) + 64) + 256;
    }

    private static int base64(int bytes) {
        return (bytes * 4 + 2) / 3;
    }
}
