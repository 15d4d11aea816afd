package nl.naast.staff;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;

/** Where people and their passkeys are kept. Every change is one conditional write; each can be repeated. */
interface People {
    /** {@code NOT_ALLOWED}: who asks is no active administrator (any more), or asks it of herself; so there is always one left. */
    enum Suspended { NOW, BEFORE, UNKNOWN, NOT_ALLOWED }

    Future<Boolean> nobody();

    Future<Optional<Person>> find(StaffId id);

    /** In no particular order. */
    Future<List<Person>> all();

    /**
     * Uses up the open invitation with this code and keeps the person it describes with her passkey: all or nothing.
     *
     * @return the person, or empty when there is no such open invitation (any more), or the passkey or the id is somebody's already
     */
    Future<Optional<Person>> register(InvitationCode code, Passkey passkey);

    /** @return an active person's passkey; empty when unknown or its person is suspended */
    Future<Optional<Passkey>> passkey(String credentialId);

    /**
     * Notes that an authenticator was used.
     *
     * @return false, and nothing changed, when a use with the same or a higher counter was noted meanwhile (unless it counts nothing): a copy (WebAuthn Level 3 §6.1.1)
     */
    Future<Boolean> counted(String credentialId, long counter);

    enum Added { NOW, BEFORE, TAKEN, LIMIT, GONE }

    /** An active person's passkeys, the oldest first; none when she is unknown or suspended. */
    Future<List<Passkey>> passkeys(StaffId owner);

    /**
     * A further passkey of its owner.
     *
     * @return NOW, or BEFORE when she has it already; TAKEN when it is somebody else's; LIMIT when she has {@link Passkey#MOST}; GONE when she is no active person
     */
    Future<Added> add(Passkey passkey);

    /**
     * @return false, and nothing changed, when it is the only one she has; true when she does not have it (any more)
     */
    Future<Boolean> remove(StaffId owner, String credentialId);

    /** Her open invitations are withdrawn in the same write. */
    Future<Suspended> suspend(StaffId by, StaffId id);
}
