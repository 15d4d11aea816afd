package nl.naast.platform;

import java.util.logging.Level;

/** Every kind of line that the program writes to its log; docs/operations.md has a row for each. A line says what happened, never to whom. */
public enum LogCode {
    STARTED(Level.INFO),
    SWEPT(Level.INFO),
    SWEEP_LEFT(Level.WARNING),
    SWEEP_FAILED(Level.WARNING),
    ROSTER_NOT_RENEWED(Level.WARNING),
    REVOCATION_NOT_SIGNED(Level.WARNING),
    RELEASE_FAILED(Level.WARNING),
    VAULT_LEFT(Level.WARNING),
    REQUEST_FAILED(Level.WARNING),
    FRAME_FAILED(Level.WARNING),
    PRESENCE_FAILED(Level.WARNING),
    NOTICE_REFUSED(Level.WARNING),
    UNCAUGHT(Level.SEVERE),
    /** What a library says; its level is its own. */
    LIBRARY(Level.WARNING);

    private final Level level;

    LogCode(Level level) {
        this.level = level;
    }

    /** As it stands in the log. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Its level as it stands in the log. */
    public String shown() {
        return LogFormat.level(level);
    }

    Level level() {
        return level;
    }
}
