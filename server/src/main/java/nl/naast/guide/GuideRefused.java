package nl.naast.guide;

import java.nio.file.Path;
import java.util.List;

/** The guide cannot be used; the message lists all faults, one a line. The server does not start. */
public final class GuideRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GuideRefused(Path file, List<String> faults) {
        super(faults.size() + (faults.size() == 1 ? " fault" : " faults") + " in " + file + ":\n  " + String.join("\n  ", faults), null, false, false);
    }
}
