package nl.naast.staff;

import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** This package's ports, together. */
record StaffStores(People people, Invitations invitations, Sessions sessions, Challenges challenges, Resets resets) {
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
        MongoSuspension suspension = new MongoSuspension(store, people, rows);
        return new StaffStores(new MongoPeople(store, people, rows, invitations, suspension), invitations, new MongoSessions(store, sealed, clock), new MongoChallenges(store, sealed, clock),
            new MongoResets(store, sealed, clock, people, invitations, suspension));
    }

    static StaffStores sqlite(SqliteStore store, Wrap wrap, Clock clock) {
        Sealed sealed = new Sealed(wrap);
        SqliteInvitations invitations = new SqliteInvitations(store, sealed, clock);
        SqlitePeople people = new SqlitePeople(store, sealed, clock, invitations);
        return new StaffStores(people, invitations, new SqliteSessions(store, sealed, clock), new SqliteChallenges(store, sealed, clock), new SqliteResets(store, sealed, clock, people, invitations));
    }
}
