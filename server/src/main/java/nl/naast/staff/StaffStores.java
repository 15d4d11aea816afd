package nl.naast.staff;

import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** This package's ports, together. */
record StaffStores(People people, Invitations invitations, Sessions sessions, Challenges challenges) {
    static StaffStores in(Store store, Wrap wrap, Clock clock) {
        return switch (store) {
            case SqliteStore sqlite -> sqlite(sqlite, wrap, clock);
            case MongoStore mongo -> mongo(mongo, wrap, clock);
        };
    }

    static StaffStores mongo(MongoStore store, Wrap wrap, Clock clock) {
        Sealed sealed = new Sealed(wrap);
        MongoPersonRows people = new MongoPersonRows(store, sealed, clock);
        MongoInvitationRows rows = new MongoInvitationRows(store, sealed);
        MongoInvitations invitations = new MongoInvitations(rows, people, clock);
        return new StaffStores(new MongoPeople(store, people, rows, invitations), invitations, new MongoSessions(store, sealed, clock), new MongoChallenges(store, sealed, clock));
    }

    static StaffStores sqlite(SqliteStore store, Wrap wrap, Clock clock) {
        Sealed sealed = new Sealed(wrap);
        SqliteInvitations invitations = new SqliteInvitations(store, sealed, clock);
        return new StaffStores(new SqlitePeople(store, sealed, clock, invitations), invitations, new SqliteSessions(store, sealed, clock), new SqliteChallenges(store, sealed, clock));
    }
}
