package nl.naast.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Guest.Stage;

/**
 * Which of an expert's pages is her desk. Who takes the lease has it; the fencing number grows with each taking and goes with each write of the desk.
 *
 * @param desk the page that has it; empty after a lock, a sign-out or a suspension
 * @param session the one in which that page took it; empty when there is no such page
 * @param wished what that page said: available for new people or not; see {@link #available}
 * @param givenBack conversations that left this desk without ending, for ten minutes
 * @param expiresAt when a lease that nobody used any more is destroyed
 */
public record Lease(StaffId staff, Optional<DeskId> desk, Optional<TokenHash> session, long fence, boolean wished, Away away, Kept kept, List<DeskId> past, List<GivenBack> givenBack, Instant expiresAt, long version) {
    /** So long a conversation that left the desk stands in its list, and is kept for that. */
    public static final Duration SHOWN = Duration.ofMinutes(10);
    /** So many desks that lost the lease are known when they come back: laptops that slept, pages that were left open. */
    private static final int REMEMBERED = 32;

    /** How a conversation left a desk: as the desk is told (protocol.md §6). */
    public enum Left {
        RELEASED, NO_JOIN, ANOTHER, HANDED_OVER, DECLINED, UNCALLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public record GivenBack(ConversationId conversation, Left how, Instant minute) {
    }

    /**
     * Its person has locked the page, which stays.
     *
     * @param times how often she has; so whoever measures how long knows one time from the next
     */
    public record Away(boolean now, long times) {
        static final Away NEVER = new Away(false, 0);

        Away becomes(boolean yes) {
            return yes == now ? this : new Away(yes, yes ? times + 1 : times);
        }
    }

    /**
     * What goes over to a newer desk.
     *
     * @param fence what was claimed under an older one than this is given back, whoever has the lease by now
     * @param why as its visitors are told
     */
    record Kept(long fence, Again why) {
        static final Kept ALL = new Kept(0, Again.RELEASED);
    }

    static Lease none(StaffId staff) {
        return new Lease(staff, Optional.empty(), Optional.empty(), 0, false, Away.NEVER, Kept.ALL, List.of(), List.of(), Instant.MIN, 0);
    }

    /** The same desk keeps its fence, and is away if it was; a newer one gets the next; one from which it was taken does not get it back, and nothing changes. */
    Lease taken(DeskId taker, TokenHash by, Instant expiresAt) {
        if (past.contains(taker)) {
            return this;
        }
        return heldBy(taker) ? new Lease(staff, desk, Optional.of(by), fence, wished, away, kept, past, givenBack, expiresAt, version)
            : new Lease(staff, Optional.of(taker), Optional.of(by), fence + 1, false, away.becomes(false), kept, left(), List.of(), expiresAt, version);
    }

    boolean heldBy(DeskId one) {
        return desk.filter(one::equals).isPresent();
    }

    boolean isOf(TokenHash one) {
        return session.filter(one::equals).isPresent();
    }

    /** Nobody has it, and nothing that was claimed until now goes over to whoever takes it next. @param why as the visitors are told */
    Lease revoked(Again why) {
        return new Lease(staff, Optional.empty(), Optional.empty(), fence + 1, false, away.becomes(false), new Kept(fence + 1, why), left(), List.of(), expiresAt, version);
    }

    private List<DeskId> left() {
        List<DeskId> all = Stream.concat(past.stream(), desk.stream()).toList();
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }

    Lease available(boolean yes) {
        return new Lease(staff, desk, session, fence, yes, away, kept, past, givenBack, expiresAt, version);
    }

    /** Whether she takes new people now: who is away does not. */
    public boolean available() {
        return wished && !away.now();
    }

    Lease away(boolean yes) {
        return new Lease(staff, desk, session, fence, wished, away.becomes(yes), kept, past, givenBack, expiresAt, version);
    }

    /** Whether it lets this conversation of hers be as it is; else {@link DeskModule#settle}. */
    public boolean leaves(Conversation row) {
        return about(row) == Says.STAYS;
    }

    /** What it says about a place of hers, as a lead or as a guest. */
    enum Says {
        /** It stands. */
        STAYS,
        /** It is given back. */
        GOES,
        /** Whoever has joined goes over to the desk that has the lease, or else is given back. */
        MOVES,
        /** It is given back if nobody has joined. */
        STAYS_JOINED
    }

    Says about(Conversation row) {
        Optional<Claim> seat = row.seatOf(staff);
        long had = seat.map(Claim::fence).orElse(Long.MAX_VALUE);
        if (had < kept.fence()) {
            return row.open() ? Says.GOES : Says.STAYS;
        }
        if (had < fence) {
            return Says.MOVES;
        }
        return had == fence && joins(row, seat.get()) && away.now() ? Says.STAYS_JOINED : Says.STAYS;
    }

    private static boolean joins(Conversation row, Claim seat) {
        return row.guests(seat.id()) ? row.open() && row.stage().filter(stage -> stage != Stage.IN).isPresent() : row.state() == State.CLAIMED || row.state() == State.JOINING;
    }

    Lease gaveBack(GivenBack given) {
        List<GivenBack> all = Stream.concat(givenBack.stream().filter(g -> !g.conversation().equals(given.conversation())), Stream.of(given)).toList();
        return new Lease(staff, desk, session, fence, wished, away, kept, past, all.stream().filter(g -> shown(g, given.minute())).toList(), expiresAt, version);
    }

    /** She has it again, as a lead or as a guest: that it left her before is told no more, or it would be taken for how it leaves her the next time. */
    Lease hasAgain(ConversationId conversation) {
        return new Lease(staff, desk, session, fence, wished, away, kept, past, givenBack.stream().filter(g -> !g.conversation().equals(conversation)).toList(), expiresAt, version);
    }

    public List<GivenBack> givenBack(Instant now) {
        return givenBack.stream().filter(g -> shown(g, now)).toList();
    }

    /** How many conversations were given back longer ago than is shown. */
    int outlived(Instant now) {
        return givenBack.size() - givenBack(now).size();
    }

    Lease forgot(Instant now) {
        return new Lease(staff, desk, session, fence, wished, away, kept, past, givenBack(now), expiresAt, version);
    }

    /** Whether something that happened at this minute still stands in the desk's list of ended conversations. */
    public static boolean shown(Instant minute, Instant now) {
        return !minute.isBefore(now.minus(SHOWN));
    }

    private static boolean shown(GivenBack given, Instant now) {
        return shown(given.minute(), now);
    }
}
