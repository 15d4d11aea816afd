package nl.naast.platform;

/** The store cannot be used as it stands; the message tells an operator what to do. The server does not start. */
public final class StoreRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreRefused(String message) {
        super(message);
    }
}
