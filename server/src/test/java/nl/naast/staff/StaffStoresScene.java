package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;

/** Who there is in the contracts of this package's ports, and how they come in. */
abstract class StaffStoresScene extends Contract {
    static final Profile SAM = new Profile("Sam", Set.of(Role.ADMINISTRATOR), Set.of("nl"));
    static final Profile NOOR = new Profile("Noor", Set.of(Role.EXPERT), Set.of("nl", "ar"));
    static final Duration LIFE = Duration.ofHours(72);

    StaffStores port;
    StaffId sam;

    abstract StaffStores open(Wrap wrap, Clock clock) throws Exception;

    @BeforeEach
    final void stores() throws Exception {
        port = open(wrap, clock);
    }

    /** An administrator, there from the first call on. */
    final StaffId administrator() throws Exception {
        if (sam == null) {
            InvitationCode code = code();
            assertTrue(done(port.invitations().putFirst(new Invitation(id(), SAM, clock.now().plus(LIFE)), code)));
            sam = done(port.people().register(code, passkey(0))).orElseThrow().id();
        }
        return sam;
    }

    final StaffId second() throws Exception {
        InvitationCode code = code();
        assertTrue(done(port.invitations().put(new Invitation(id(), SAM, clock.now().plus(LIFE)), code, administrator())));
        return done(port.people().register(code, passkey(0))).orElseThrow().id();
    }

    static InvitationCode code() {
        return InvitationCode.random(RandomSource.system());
    }

    final Invitation invitation() {
        return new Invitation(id(), NOOR, clock.now().plus(LIFE));
    }

    static Passkey passkey(long counter) {
        return new Passkey(new StaffId(id()), Base64Url.encode(MlsBytes.random(20)), Base64Url.encode(MlsBytes.random(77)), counter, "00000000-0000-0000-0000-000000000000", 20_000, true);
    }

    final Passkey registered(long counter) throws Exception {
        InvitationCode code = code();
        done(port.invitations().put(invitation(), code, administrator()));
        Passkey passkey = passkey(counter);
        assertTrue(done(port.people().register(code, passkey)).isPresent());
        return passkey;
    }

    final Session session(StaffId who) {
        return new Session(new TokenHash(Base64Url.encode(MlsBytes.random(32))), who, false, clock.now().plus(Duration.ofHours(12)));
    }
}
