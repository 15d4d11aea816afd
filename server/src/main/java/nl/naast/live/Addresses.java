package nl.naast.live;

/** All names on the event bus. */
final class Addresses {
    /** To every process: a sealed {@link Notice}. */
    static final String NOTICE = "naast.notice";

    private Addresses() {
    }
}
