package nl.naast.platform;

/** The store did not take the write, or it is not known whether it did: answered as {@link Problem#BUSY}; the client sends the same again. */
public final class StoreBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreBusy(String message) {
        super(message, null, false, false);
    }
}
