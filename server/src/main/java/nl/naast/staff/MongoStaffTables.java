package nl.naast.staff;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import nl.naast.platform.MongoTables;
import nl.naast.platform.MongoTables.Table;

/** The collections of this package. In clear, as in {@link StaffSchema}: random ids, state, row version, expiry day, tags; everything else in {@code sealed}. Passkeys lie in their person's document. */
final class MongoStaffTables {
    static final String PERSON = "staff_person";
    static final String INVITATION = "staff_invitation";
    static final String SESSION = "staff_session";
    static final String CHALLENGE = "staff_challenge";
    static final String RESET = "staff_reset";
    /** One document: who is being suspended ({@link MongoSuspension}). */
    static final String SUSPENSION = "staff_suspension";

    private MongoStaffTables() {
    }

    static MongoTables tables() {
        return new MongoTables("staff", List.of(new Table(PERSON, true, List.of(unique("passkey_tag"))),
            new Table(INVITATION, true, List.of(unique("tag"), new IndexModel(Indexes.ascending("maker_tag")), new IndexModel(Indexes.ascending("state")), unique("passkey_tag"), unique("person_tag"))),
            new Table(SESSION, true, List.of(new IndexModel(Indexes.ascending("person_tag")))), new Table(CHALLENGE, true, List.of()), new Table(RESET, true, List.of()), new Table(SUSPENSION, false, List.of())));
    }

    private static IndexModel unique(String field) {
        return new IndexModel(Indexes.ascending(field), new IndexOptions().unique(true).sparse(true));
    }
}
