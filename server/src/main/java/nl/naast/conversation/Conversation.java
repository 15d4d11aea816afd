package nl.naast.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Guest.Stage;

/**
 * One row: a place in the queue and the relay to one expert together (ADR 0003). Immutable; the rules answer the row that follows, and the store writes it only if nobody was faster
 * ({@code version}).
 *
 * @param arrival orders the queue; kept through a release, so that she who comes back stands at the head; 0: {@link #LAST}
 * @param claim who has taken her, in the states claimed, joining and talking; after the end, who had her
 */
public record Conversation(ConversationId id, State state, long arrival, TokenHash visitor, Optional<Claim> claim, Log log, Facts facts, long version) {
    /** As an arrival number: at the end of the line. The store gives the next number in its place. */
    static final long LAST = 0;

    public enum State {
        WAITING, CLAIMED, JOINING, TALKING, ENDED
    }

    /** Why she waits again (protocol.md §6). REVOKED: whoever had her is not to be believed any more. ANOTHER: she asked for another person. */
    public enum Again {
        VANISHED, RELEASED, NO_JOIN, REVOKED, ANOTHER
    }

    /** Why it ended. */
    public enum Why {
        LEFT, CLOSED, GONE, EXPIRED
    }

    /**
     * One of the staff at her place in the conversation: the lead, or a guest.
     *
     * @param fence the fencing number of the desk lease that has it: the one under which it was claimed, or a newer one that it went over to
     * @param slot the desk's place for it, 1 or 2
     * @param keyPackage what the desk made for this one conversation
     */
    public record Claim(ClaimId id, StaffId staff, long fence, int slot, byte[] keyPackage) {
        /** The same at a newer desk of the same person. */
        Claim atDesk(long newer) {
            return new Claim(id, staff, newer, slot, keyPackage);
        }
    }

    /**
     * The relay.
     *
     * @param groupTag tag of the MLS group id, empty text before the first add
     * @param epoch the group's current epoch
     * @param seq the last sequence number
     * @param fromSeq the add that brought the present lead in: the first that she may read; 0 = nothing yet
     * @param visitorAck up to here the visitor needs nothing any more
     * @param guestAck the same of the guest; 0 while there is none, or she is not added yet
     */
    public record Log(String groupTag, long epoch, long seq, long fromSeq, long visitorAck, long expertAck, long guestAck) {
        static final Log EMPTY = new Log("", 0, 0, 0, 0, 0, 0);

        /** Nobody of the staff reads. */
        Log unread() {
            return new Log(groupTag, epoch, seq, 0, visitorAck, 0, 0);
        }

        Log acked(long visitor, long expert, long guest) {
            return new Log(groupTag, epoch, seq, fromSeq, visitor, expert, guest);
        }
    }

    /** An envelope stored a short while ago, so that its repetition gets the same answer even when it was destroyed meanwhile. */
    public record Recent(Party from, EnvelopeId id, long seq) {
    }

    /**
     * What lies sealed. Times are whole minutes.
     *
     * @param waitingSince when she last came into the queue
     * @param changed when the state last changed
     * @param expiresAt from then on nothing of it is read, and it is destroyed
     * @param missed how often a join has not come since she last talked ({@link MissedJoin})
     * @param guest a third person
     * @param declined whether the last guest went because the visitor wanted so
     * @param passed whom she is not given again: she asked for another person, or they gave her over; the last of them
     */
    public record Facts(String language, Instant waitingSince, Instant changed, Instant expiresAt, Optional<Again> again, Optional<Why> why, int missed, byte[] consentKey, List<Recent> recent, Optional<Guest> guest,
        boolean declined, List<StaffId> passed) {
        /** As many as an organisation has experts on one shift, and more. */
        private static final int PASSED = 16;

        Facts withMissed(int missed) {
            return new Facts(language, waitingSince, changed, expiresAt, again, why, missed, consentKey, recent, guest, declined, passed);
        }

        /** Whether nothing but {@link #recent} was changed on the way from the one to the other. */
        boolean sameButRecent(Facts other) {
            return language == other.language && waitingSince == other.waitingSince && changed == other.changed && expiresAt == other.expiresAt && again == other.again && why == other.why && missed == other.missed
                && consentKey == other.consentKey && guest == other.guest && declined == other.declined && passed == other.passed;
        }

        Facts withRecent(List<Recent> recent) {
            return new Facts(language, waitingSince, changed, expiresAt, again, why, missed, consentKey, recent, guest, declined, passed);
        }

        Facts withGuest(Optional<Guest> guest, boolean declined) {
            return new Facts(language, waitingSince, changed, expiresAt, again, why, missed, consentKey, recent, guest, declined, passed);
        }

        Facts passing(StaffId who) {
            List<StaffId> all = Stream.concat(passed.stream().filter(other -> !other.equals(who)), Stream.of(who)).toList();
            return new Facts(language, waitingSince, changed, expiresAt, again, why, missed, consentKey, recent, guest, declined, all.subList(Math.max(0, all.size() - PASSED), all.size()));
        }
    }

    /** A place in the line that nobody has yet; the store gives it its arrival number. Times: whole minutes. */
    public static Conversation fresh(ConversationId id, TokenHash visitor, String language, byte[] consentKey, Instant now, Instant expiresAt) {
        Facts facts = new Facts(language, now, now, expiresAt, Optional.empty(), Optional.empty(), 0, consentKey, List.of(), Optional.empty(), false, List.of());
        return new Conversation(id, State.WAITING, LAST, visitor, Optional.empty(), Log.EMPTY, facts, 0);
    }

    public boolean open() {
        return state != State.ENDED;
    }

    /** Whoever of the staff has it, as lead or as guest, had it at its end, or was passed over: what is said against them is not theirs to read. */
    public Set<StaffId> withStaff() {
        return Stream.concat(seats().stream().map(Claim::staff), facts.passed().stream()).collect(Collectors.toSet());
    }

    /** Whether an expert is in the group or on her way into it. */
    public boolean joined() {
        return state == State.JOINING || state == State.TALKING;
    }

    /** Whom the lead called, from the call on; she may not have answered yet. */
    public Optional<Guest> guest() {
        return facts.guest();
    }

    /** How far the guest has come, if there is one. */
    public Optional<Stage> stage() {
        return guest().map(guest -> guest.stage(log.guestAck()));
    }

    /** Whether a guest is in the group or on her way into it. */
    public boolean guestJoined() {
        return guest().filter(guest -> guest.fromSeq() > 0).isPresent();
    }

    /** Those of the staff who have it: the lead first, then whoever has answered a call. Nobody twice. */
    public List<Claim> seats() {
        Optional<Claim> seated = guest().flatMap(Guest::seat);
        if (seated.isEmpty()) {
            return claim.map(List::of).orElse(List.of());
        }
        return Stream.concat(claim.stream(), seated.stream()).toList();
    }

    /** Her place in it, as lead or as guest. */
    public Optional<Claim> seatOf(StaffId staff) {
        return seats().stream().filter(seat -> seat.staff().equals(staff)).findFirst();
    }

    /** Whether this seat is the guest's. */
    public boolean guests(ClaimId seat) {
        return guest().flatMap(Guest::seat).filter(has -> has.id().equals(seat)).isPresent();
    }

    /** Whether the visitor is not to be given this person again. */
    public boolean passes(StaffId who) {
        return facts.passed().contains(who);
    }

    /** It ended before anybody had her: neither side has anything to be told of it, so it is destroyed with its end. */
    public boolean traceless() {
        return facts.why().filter(why -> why == Why.LEFT || why == Why.GONE).isPresent() && claim.isEmpty() && facts.again().isEmpty();
    }

    /** The highest sequence number that no member needs any more: everything up to it is destroyed. Who is gone may come back to read, who left does not. */
    public long unneeded() {
        boolean visitorReads = facts.why().map(why -> why != Why.LEFT).orElse(true);
        boolean expertReads = claim.isPresent() && log.fromSeq() > 0 && facts.why().map(why -> why != Why.CLOSED).orElse(true);
        long both = Math.min(visitorReads ? log.visitorAck() : log.seq(), expertReads ? log.expertAck() : log.seq());
        return guestJoined() ? Math.min(both, log.guestAck()) : both;
    }

    @Override
    public String toString() {
        return "Conversation[" + state + "]";
    }

    // Copies, for the rules.

    Conversation with(State state, Log log, Facts facts) {
        return new Conversation(id, state, arrival, visitor, claim, log, facts, version);
    }

    Conversation withLog(Log log) {
        return with(state, log, facts);
    }

    Conversation withFacts(Facts facts) {
        return with(state, log, facts);
    }

    public Conversation withClaim(Claim claim, Instant now) {
        return new Conversation(id, State.CLAIMED, arrival, visitor, Optional.of(claim), log.unread(), facts(facts.waitingSince(), now, facts.expiresAt(), facts.again(), facts.why()), version);
    }

    /** The same claim at a newer desk of the same expert: nothing else of it is another. */
    Conversation atDesk(long fence) {
        return new Conversation(id, state, arrival, visitor, claim.map(had -> had.atDesk(fence)), log, facts, version);
    }

    Conversation released(Again again, Instant now) {
        Instant since = state == State.TALKING ? now : facts.waitingSince();
        return new Conversation(id, State.WAITING, arrival, visitor, Optional.empty(), log.unread(), facts(since, now, facts.expiresAt(), Optional.of(again), facts.why()).withGuest(Optional.empty(), false), version);
    }

    /** Behind everybody who waits now. */
    Conversation last(Instant now) {
        return new Conversation(id, state, LAST, visitor, claim, log, facts(now, facts.changed(), facts.expiresAt(), facts.again(), facts.why()), version);
    }

    /** A guest who was added reads to the end; a call that brought nobody is over. */
    Conversation ended(Why why, Instant now, Instant expiresAt) {
        Conversation ended = with(State.ENDED, log, facts(facts.waitingSince(), now, expiresAt, facts.again(), Optional.of(why)));
        return guestJoined() ? ended : ended.withoutGuest(false);
    }

    Conversation withGuest(Guest guest) {
        return withFacts(facts.withGuest(Optional.of(guest), false));
    }

    /** @param declined because the visitor wanted so */
    Conversation withoutGuest(boolean declined) {
        return with(state, log.acked(log.visitorAck(), log.expertAck(), 0), facts.withGuest(Optional.empty(), declined));
    }

    /** The guest, who is in, becomes the lead, with what she has; whoever was the lead has it no more. */
    Conversation handedOver() {
        Guest guest = guest().orElseThrow();
        Log hers = new Log(log.groupTag(), log.epoch(), log.seq(), guest.fromSeq(), log.visitorAck(), log.guestAck(), 0);
        return new Conversation(id, state, arrival, visitor, guest.seat(), hers, facts.withGuest(Optional.empty(), false), version);
    }

    private Facts facts(Instant waitingSince, Instant changed, Instant expiresAt, Optional<Again> again, Optional<Why> why) {
        return new Facts(facts.language(), waitingSince, changed, expiresAt, again, why, facts.missed(), facts.consentKey(), facts.recent(), facts.guest(), facts.declined(), facts.passed());
    }
}
