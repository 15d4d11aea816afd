package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("People, invitations, sessions and challenges, in MongoDB")
class MongoStaffStoresTest extends StaffStoresContract {
    private MongoStore store;
    private StaffStores stores;

    @Override
    StaffStores open(Wrap wrap, Clock clock) throws Exception {
        store = mongo(StaffModule.tables());
        stores = StaffStores.mongo(store, wrap, clock);
        return stores;
    }

    private Passkey passkey() {
        return new Passkey(new StaffId(id()), Base64Url.encode(MlsBytes.random(20)), Base64Url.encode(MlsBytes.random(77)), 0, "00000000-0000-0000-0000-000000000000", 20_000, true);
    }

    private StaffId administrator(Optional<StaffId> maker) throws Exception {
        InvitationCode code = code();
        Invitation invitation = new Invitation(id(), new Profile("Sam", Set.of(Role.ADMINISTRATOR), Set.of("nl")), clock.now().plus(Duration.ofHours(72)));
        assertTrue(done(maker.isEmpty() ? stores.invitations().putFirst(invitation, code) : stores.invitations().put(invitation, code, maker.get())));
        return done(stores.people().register(code, passkey())).orElseThrow().id();
    }

    private InvitationCode invited(StaffId maker) throws Exception {
        InvitationCode code = code();
        assertTrue(done(stores.invitations().put(new Invitation(id(), new Profile("Noor", Set.of(Role.EXPERT), Set.of("nl")), clock.now().plus(Duration.ofHours(72))), code, maker)));
        return code;
    }

    // seen failing: without finishAll in passkey(), and with hers() not asking whose passkey it is
    @Test
    @DisplayName("a registration that was cut off once its invitation was taken: her passkey opens, the same attempt gets her, another gets nothing")
    void registrationCutOff() throws Exception {
        StaffId sam = administrator(Optional.empty());
        InvitationCode code = invited(sam);
        Passkey hers = passkey();
        Sealed sealed = new Sealed(wrap);
        MongoInvitationRows rows = new MongoInvitationRows(store, sealed);
        assertTrue(done(rows.take(done(rows.find(code)).orElseThrow(), code, hers, new MongoPersonRows(store, sealed, clock).passkeyTag(hers.credentialId()))));
        assertTrue(done(stores.people().find(hers.owner())).isEmpty(), "the one write, and no more");
        assertEquals(Optional.of(hers), done(stores.people().passkey(hers.credentialId())));
        assertEquals(2, done(stores.people().all()).size());
        assertTrue(done(stores.people().register(code, passkey())).isEmpty());
        assertEquals(hers.owner(), done(stores.people().register(code, hers)).orElseThrow().id());
        assertEquals(2, done(stores.people().all()).size());
    }

    // seen failing: with free() passing over who was left in it
    @Test
    @DisplayName("a suspension that was cut off before anything of it was carried out is carried out by the next, which counts her out")
    void suspensionCutOff() throws Exception {
        StaffId one = administrator(Optional.empty());
        StaffId other = administrator(Optional.of(one));
        StaffId third = administrator(Optional.of(one));
        done(stores.people().suspend(one, third));
        done(store.change(MongoStaffTables.SUSPENSION, "only", Filters.eq("_id", "only"), Updates.combine(Updates.inc("version", 1L), Updates.set("about", other.id().text()), Updates.set("attempt", "cut off"))));
        assertEquals(People.Suspended.NOT_ALLOWED, done(stores.people().suspend(other, one)));
        assertEquals(People.Suspended.BEFORE, done(stores.people().suspend(one, other)));
        assertEquals(Person.State.SUSPENDED, done(stores.people().find(other)).orElseThrow().state());
    }

    // seen failing: with the maker not asked
    @Test
    @DisplayName("an open invitation whose maker is suspended is void before it is withdrawn")
    void voidByItsMaker() throws Exception {
        StaffId one = administrator(Optional.empty());
        StaffId other = administrator(Optional.of(one));
        InvitationCode code = invited(other);
        done(store.change(MongoStaffTables.PERSON, other.id().text(), Filters.eq("state", "active"), new Document("$set", new Document("state", "suspended"))));
        assertTrue(done(stores.invitations().find(code)).isEmpty() && done(stores.invitations().open()).isEmpty());
        assertTrue(done(stores.people().register(code, passkey())).isEmpty());
    }

    // seen failing: with a day of expiry for whoever is active too
    @Test
    @DisplayName("the sweep destroys who was suspended ninety days ago, her passkey with her, and nobody who is active")
    void sweep() throws Exception {
        StaffId one = administrator(Optional.empty());
        done(stores.people().suspend(one, administrator(Optional.of(one))));
        Purge purge = store.purge("suspended person", MongoStaffTables.PERSON, StaffRules.KEPT_SUSPENDED);
        LocalDate day = LocalDate.ofInstant(clock.now().plus(StaffRules.KEPT_SUSPENDED), ZoneOffset.UTC);
        assertEquals(0, done(purge.purge(day, 10)));
        assertEquals(1, done(purge.purge(day.plusDays(1), 10)));
        assertEquals(1, done(store.all(() -> store.collection(MongoStaffTables.PERSON).find())).size());
    }
}
