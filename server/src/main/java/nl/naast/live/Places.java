package nl.naast.live;

import java.util.concurrent.atomic.AtomicInteger;

/** So many connections and no more. */
final class Places {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean shut;

    Places(int most) {
        this.most = most;
    }

    /** @return whether there was a place; then it must be given back */
    boolean take() {
        if (shut || taken.incrementAndGet() > most) {
            if (!shut) {
                taken.decrementAndGet();
            }
            return false;
        }
        return true;
    }

    void release() {
        taken.decrementAndGet();
    }

    /** From now on nobody gets one. */
    void shut() {
        shut = true;
    }

    int taken() {
        return taken.get();
    }
}
