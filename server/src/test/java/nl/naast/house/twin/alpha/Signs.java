package nl.naast.house.twin.alpha;

import nl.naast.house.twin.keys.Root;

/** Breaks NOBODY_KNOWS_PROGRAMS: the server signs with the organisation's root. */
class Signs {
    final Root root = new Root();
}
