package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.naast.access.StaffSession;
import nl.naast.audit.AuditEvent;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.RandomSource;
import nl.naast.staff.Invitations.Fresh;

/** Invitations, made and withdrawn by administrators; and the first one, made by nobody for whoever sets a trial up. */
final class Invite {
    /** Always the same, so that each start replaces the first invitation and there is never a second. */
    private static final Id16 FIRST = new Id16("A".repeat(22));

    private final Invitations invitations;
    private final AuditTrail audit;
    private final StaffRules rules;
    private final Clock clock;
    private final RandomSource random;

    Invite(Invitations invitations, AuditTrail audit, StaffRules rules, Clock clock, RandomSource random) {
        this.invitations = invitations;
        this.audit = audit;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
    }

    /** @return the link, or empty when somebody has registered */
    Future<Optional<String>> first() {
        InvitationCode code = InvitationCode.random(random);
        return invitations.putFirst(invitation(FIRST, rules.firstPerson()), code).map(made -> made ? Optional.of(link(code)) : Optional.empty());
    }

    /** Refused: malformed; not-now when this id's invitation was used or withdrawn, or who makes it was suspended meanwhile. */
    Future<Outcome<JsonObject>> invite(StaffSession by, JsonObject body) {
        Optional<Id16> id = id(body);
        Optional<Profile> profile = Profile.parse(body);
        return id.isEmpty() || profile.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED)) : invite(by, invitation(id.get(), profile.get()));
    }

    private Future<Outcome<JsonObject>> invite(StaffSession by, Invitation invitation) {
        Fresh fresh = new Fresh(invitation.id(), InvitationCode.random(random), invitation.expiresAt());
        return invitations.put(invitation, fresh.code(), by.who().id()).compose(made -> made
            ? record(by, "invited", invitation.id()).map(Outcome.done(told(fresh)))
            : Future.succeededFuture(Outcome.refused(Problem.NOT_NOW)));
    }

    /** For whoever makes one in a write of its own. */
    Fresh fresh() {
        return new Fresh(Id16.random(random), InvitationCode.random(random), end());
    }

    /** What is told of an invitation, this once. */
    JsonObject told(Fresh made) {
        return new JsonObject().put("link", link(made.code())).put("expiresAt", made.expiresAt().toEpochMilli());
    }

    Future<Outcome<JsonObject>> open() {
        return invitations.open().map(open -> {
            JsonArray list = new JsonArray();
            open.forEach(each -> list.add(each.profile().json().put("id", each.id().text()).put("expiresAt", each.expiresAt().toEpochMilli())));
            return Outcome.done(new JsonObject().put("invitations", list));
        });
    }

    /** Refused: malformed, unknown. */
    Future<Outcome<JsonObject>> withdraw(StaffSession by, JsonObject body) {
        Optional<Id16> id = id(body);
        return id.isEmpty() ? Future.succeededFuture(Outcome.refused(Problem.MALFORMED))
            : invitations.withdraw(id.get()).compose(withdrawn -> withdrawn ? record(by, "withdrew", id.get()).map(Outcome.done(new JsonObject())) : Future.succeededFuture(Outcome.refused(Problem.UNKNOWN)));
    }

    private Invitation invitation(Id16 id, Profile profile) {
        return new Invitation(id, profile, end());
    }

    private Instant end() {
        return clock.now().truncatedTo(ChronoUnit.MINUTES).plus(rules.invitation());
    }

    private String link(InvitationCode code) {
        return rules.origin() + "/desk#invitation=" + code.text();
    }

    private Future<Void> record(StaffSession by, String deed, Id16 about) {
        return audit.add(new AuditEvent.Deed(Optional.of(by.who().id().id()), deed, Optional.of(about)));
    }

    static Optional<Id16> id(JsonObject body) {
        return body.getValue("id") instanceof String text ? Id16.parse(text) : Optional.empty();
    }
}
