package nl.naast.vault;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.platform.Outcome;
import nl.naast.platform.Purge;

/** Where vaults are kept. What has expired is never answered, and is as good as not there. */
interface Vaults {
    /** In no particular order. */
    Future<List<Item>> all(StaffId who);

    /**
     * One conditional write: the item, if its version is the one that was seen, and with it the lines. The same put again answers the same.
     *
     * @return the item's version; refused as not-now when another put was faster, limit when she has too many items or the item too many lines
     */
    Future<Outcome<Long>> put(StaffId who, Put put);

    /** @param after the number of the last line that was read, 0 at the beginning; @return empty when there is no such item */
    Future<Optional<LinesPage>> lines(StaffId who, ItemName item, long after);

    /** The item with its lines; nothing when it is not there. */
    Future<Void> drop(StaffId who, ItemName item);

    /** By what {@link #destroy} knows somebody. */
    String tag(StaffId who);

    /** Everybody of whom anything lies here. */
    Future<Set<String>> people();

    /** All that one person has. Repeatable. */
    Future<Void> destroy(String person);

    /** Conversations whose last write is too long ago, with their lines. */
    Purge purge();
}
