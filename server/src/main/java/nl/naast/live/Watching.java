package nl.naast.live;

import nl.naast.platform.Problem;

/** Hands on to whoever counts, once somebody does. */
final class Watching implements LiveWatch {
    private volatile LiveWatch watch;

    void by(LiveWatch watch) {
        this.watch = watch;
    }

    @Override
    public void refused(Problem problem) {
        if (watch != null) {
            watch.refused(problem);
        }
    }

    @Override
    public void appended(long nanos) {
        if (watch != null) {
            watch.appended(nanos);
        }
    }
}
