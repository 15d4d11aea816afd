package nl.naast.staff;

import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;

/** {@code /api/passkeys} and {@code /api/proof} of docs/protocol.md §11: whoever is signed in, her own only. */
final class PasskeyRoutes {
    private static final Set<Role> ALL = Set.of(Role.values());

    private final KeepPasskeys passkeys;
    private final ProveAct proofs;

    PasskeyRoutes(KeepPasskeys passkeys, ProveAct proofs) {
        this.passkeys = passkeys;
        this.proofs = proofs;
    }

    void mount(StaffApiRoutes api) {
        api.get("/api/passkeys", ALL, passkeys::list);
        api.post("/api/passkeys/options", ALL, Set.of("proof"), passkeys::options);
        api.post("/api/passkeys", ALL, Set.of("challengeId", "credential"), passkeys::add);
        api.post("/api/passkeys/remove", ALL, Set.of("id", "proof"), passkeys::remove);
        api.post("/api/proof/options", ALL, Set.of("act"), proofs::options);
        api.post("/api/proof", ALL, Set.of("act", "challengeId", "credential"), proofs::prove);
    }
}
