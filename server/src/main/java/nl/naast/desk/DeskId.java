package nl.naast.desk;

import nl.naast.platform.Id16;

/** One open desk page; random, made by the page when it opens. */
public record DeskId(Id16 id) {
}
