package nl.naast.platform;

/** A refusal as the outside hears it: the stable code and HTTP status of docs/protocol.md §9, and nothing else. */
public enum Problem {
    MALFORMED("malformed", 400),
    UNSUPPORTED_VERSION("unsupported-version", 400),
    NOT_SIGNED_IN("not-signed-in", 401),
    NOT_ALLOWED("not-allowed", 403),
    UNKNOWN("unknown", 404),
    NOT_NOW("not-now", 409),
    STALE_EPOCH("stale-epoch", 409),
    LEASE_LOST("lease-lost", 409),
    LIMIT("limit", 409),
    CLOSED("closed", 410),
    TOO_LARGE("too-large", 413),
    TOO_FAST("too-fast", 429),
    FULL("full", 503),
    BUSY("busy", 503);

    private final String code;
    private final int status;

    Problem(String code, int status) {
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }
}
