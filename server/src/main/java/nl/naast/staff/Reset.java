package nl.naast.staff;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Id16;

/**
 * Somebody has lost everything: one coordinator asks that she begins anew, another one decides it.
 *
 * @param about      who has lost everything
 * @param first      who asked
 * @param second     who decided; empty while it is only asked
 * @param invitation the one with which she begins anew, always this
 * @param expiresAt  whole minutes; from then on it was never asked
 */
record Reset(StaffId about, StaffId first, Optional<StaffId> second, Id16 invitation, Instant expiresAt) {
    /** What a coordinator's request does: asks for it, has asked for it, decides it, hands out another link, or comes at no time for it. */
    enum Step { ASK, ASKED, DECIDE, AGAIN, NOT_NOW }

    static Reset asked(StaffId about, StaffId by, Id16 invitation, Instant now) {
        return new Reset(about, by, Optional.empty(), invitation, end(now));
    }

    Reset decided(StaffId by, Instant now) {
        return new Reset(about, first, Optional.of(by), invitation, end(now));
    }

    private static Instant end(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES).plus(StaffRules.RESET);
    }

    boolean lives(Instant now) {
        return expiresAt.isAfter(now);
    }

    /**
     * @param there  what was asked for before, if it lives
     * @param stands whether the one who asked is a coordinator still
     * @param active whether it is about an active person
     */
    static Step step(Optional<Reset> there, boolean stands, boolean active, StaffId by) {
        Optional<StaffId> second = there.flatMap(Reset::second);
        if (second.isPresent() || !active) {
            return second.filter(by::equals).isPresent() ? Step.AGAIN : Step.NOT_NOW;
        }
        if (there.isEmpty() || !stands) {
            return Step.ASK;
        }
        return there.get().first().equals(by) ? Step.ASKED : Step.DECIDE;
    }

    JsonObject json() {
        return new JsonObject().put("about", about.id().text()).put("first", first.id().text()).put("second", second.map(who -> who.id().text()).orElse(null)).put("invitation", invitation.text()).put("expires", expiresAt.getEpochSecond());
    }

    static Reset of(JsonObject json) {
        return new Reset(who(json.getString("about")), who(json.getString("first")), Optional.ofNullable(json.getString("second")).map(Reset::who), new Id16(json.getString("invitation")), Instant.ofEpochSecond(json.getLong("expires")));
    }

    private static StaffId who(String text) {
        return new StaffId(new Id16(text));
    }
}
