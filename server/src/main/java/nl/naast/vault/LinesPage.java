package nl.naast.vault;

import java.util.ArrayList;
import java.util.List;

/** Some lines of an item, in order. @param more whether there are others behind them */
record LinesPage(List<Numbered> lines, boolean more) {
    /** So many rows are read for one page. */
    static final int ROWS = 256;

    /** @param number from 1, without gaps */
    record Numbered(long number, byte[] body) {
    }

    LinesPage {
        lines = List.copyOf(lines);
    }

    /** @param found in order, one more than {@link #ROWS} when there are so many; @return as many as fit, at least one where there is one */
    static LinesPage of(List<Numbered> found, int bytes) {
        List<Numbered> fit = new ArrayList<>();
        int used = 0;
        for (Numbered line : found.subList(0, Math.min(ROWS, found.size()))) {
            used += line.body().length;
            if (used > bytes && !fit.isEmpty()) {
                break;
            }
            fit.add(line);
        }
        return new LinesPage(fit, fit.size() < found.size());
    }
}
