package nl.naast.staff;

import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;

/** What of docs/protocol.md §11 coordinators do about people: let somebody begin anew, be there. */
final class CoordinatorRoutes {
    private static final Set<Role> ALL = Set.of(Role.values());
    private static final Set<Role> COORDINATOR = Set.of(Role.COORDINATOR);

    private final ResetPerson reset;
    private final Duty duty;

    CoordinatorRoutes(ResetPerson reset, Duty duty) {
        this.reset = reset;
        this.duty = duty;
    }

    void mount(StaffApiRoutes api) {
        api.post("/api/people/reset", COORDINATOR, Set.of("id"), reset::reset);
        api.post("/api/duty", COORDINATOR, Set.of("available"), duty::set);
        api.get("/api/duty", ALL, duty::ask);
    }
}
