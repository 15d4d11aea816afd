package nl.naast.staff;

import io.vertx.core.Future;
import java.util.Set;
import nl.naast.access.StaffId;

/** Where it is kept who shall begin anew. One that has expired was never asked for. */
interface Resets {
    /**
     * {@code ASKED}: now; {@code WAITS}: before, by the same. {@code DONE}: she is suspended, and the invitation is open under the code that was given. {@code NOT_ALLOWED}: who asks is no active coordinator (any more), or
     * asks it of herself. {@code NOT_NOW}: she is suspended, somebody else has decided it, or the invitation was used or withdrawn.
     */
    enum Answer { ASKED, WAITS, DONE, UNKNOWN, NOT_ALLOWED, NOT_NOW }

    /**
     * A coordinator asks, or decides what another one asked; whoever has decided it and asks again gets the same invitation under another code. The one who asked counts only while she is an active coordinator.
     *
     * @param fresh an invitation of nobody yet: its id is used when this is the first request, its end when it is made
     */
    Future<Answer> reset(StaffId by, StaffId about, Invitations.Fresh fresh);

    /** About whom it was asked for, and not decided. */
    Future<Set<StaffId>> asked();
}
