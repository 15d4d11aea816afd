package nl.naast.queue;

import java.time.Duration;
import java.util.Set;

/**
 * Limits and times, as boot passes them in (protocol.md §10, docs/retention.md).
 *
 * @param languages the tags that one can wait for
 * @param waiting the most people in the line
 * @param open the most conversations that have not ended
 * @param slots the most conversations at one desk, 1 or 2
 * @param keyPackageBytes the largest key package
 * @param openLife a conversation is ended at the latest this long after it began
 * @param afterEnd its facts are destroyed this long after its end
 * @param waitsKept how long a measured wait is kept
 */
public record QueuePolicy(Set<String> languages, int waiting, int open, int slots, int keyPackageBytes, Duration openLife, Duration afterEnd, Duration waitsKept) {
    public QueuePolicy {
        languages = Set.copyOf(languages);
    }
}
