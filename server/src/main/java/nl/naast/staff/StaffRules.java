package nl.naast.staff;

import java.time.Duration;
import java.util.Set;
import nl.naast.access.Role;

/**
 * What binds everybody on the staff.
 *
 * @param origin       of the staff pages as a browser names it, without a slash at the end; passkeys and links belong to it
 * @param organisation the name that statements carry
 * @param trial        whether this is a trial set-up (the desk shows a banner)
 * @param session      how long a sign-in lasts
 * @param invitation   how long an invitation can be used
 * @param challenge    how long a passkey may take to answer
 */
public record StaffRules(String origin, String organisation, boolean trial, Duration session, Duration invitation, Duration challenge) {
    /** docs/retention.md, as the five after it. */
    public static final Duration SESSION = Duration.ofHours(12);
    public static final Duration INVITATION = Duration.ofHours(72);
    public static final Duration CHALLENGE = Duration.ofMinutes(6);
    /** So long a passkey's answer to an act is good for it. */
    public static final Duration PROOF = Duration.ofMinutes(2);
    /** So long another coordinator may decide what one has asked for, and so long she may have another link of it. */
    public static final Duration RESET = Duration.ofHours(24);
    /** For as long as a statement about her could have lived. */
    public static final Duration KEPT_SUSPENDED = Duration.ofDays(90);

    public static StaffRules standard(String origin, String organisation, boolean trial) {
        return new StaffRules(origin, organisation, trial, SESSION, INVITATION, CHALLENGE);
    }

    /**
     * Who is invited first. In a trial: all that is needed to try everything, in each language of the trial. Else whoever sets the helpline up: she invites the second coordinator, and with her signs for everybody else; invited
     * under this alias by nobody who could know another.
     */
    Profile firstPerson() {
        return trial ? new Profile("Sam", Set.of(Role.ADMINISTRATOR, Role.EXPERT), Set.of("nl", "en", "ar")) : new Profile("Coordinator", Set.of(Role.ADMINISTRATOR, Role.COORDINATOR), Set.of());
    }
}
