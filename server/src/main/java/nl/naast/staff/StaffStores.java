package nl.naast.staff;

import nl.naast.platform.Clock;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** This package's ports, together. */
record StaffStores(People people, Invitations invitations, Sessions sessions, Challenges challenges) {
    static StaffStores sqlite(SqliteStore store, Wrap wrap, Clock clock) {
        Sealed sealed = new Sealed(wrap);
        SqliteInvitations invitations = new SqliteInvitations(store, sealed, clock);
        return new StaffStores(new SqlitePeople(store, sealed, clock, invitations), invitations, new SqliteSessions(store, sealed, clock), new SqliteChallenges(store, sealed, clock));
    }
}
