package nl.naast.boot;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with the settings, told together: where, which key, what was found, what is allowed. */
final class Faults {
    /** The server does not start; the message lists all faults, one a line. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(List<String> faults) {
            super(faults.size() + (faults.size() == 1 ? " fault" : " faults") + " in the settings:\n  " + String.join("\n  ", faults), null, false, false);
        }
    }

    private final List<String> lines = new ArrayList<>();

    void add(String where, String key, String found, String allowed) {
        lines.add(where + ": " + key + ": found '" + found + "', allowed: " + allowed);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new Refused(lines);
        }
    }
}
