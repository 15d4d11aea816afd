package nl.naast.staff;

import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;

/** {@code /api/passkeys} of docs/protocol.md §11: whoever is signed in, her own only. */
final class PasskeyRoutes {
    private static final Set<Role> ALL = Set.of(Role.values());

    private final KeepPasskeys passkeys;

    PasskeyRoutes(KeepPasskeys passkeys) {
        this.passkeys = passkeys;
    }

    void mount(StaffApiRoutes api) {
        api.get("/api/passkeys", ALL, passkeys::list);
        api.post("/api/passkeys/options", ALL, Set.of(), (by, body) -> passkeys.options(by));
        api.post("/api/passkeys", ALL, Set.of("challengeId", "credential"), passkeys::add);
        api.post("/api/passkeys/remove", ALL, Set.of("id"), passkeys::remove);
    }
}
