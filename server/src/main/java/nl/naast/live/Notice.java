package nl.naast.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Guest.Stage;

/** What a process tells the connections of all processes: who has to look, and up to where. Never a row, never an envelope: whoever hears it elsewhere asks. Best effort; who misses one catches up by cursor and view. */
sealed interface Notice {
    /**
     * A conversation was changed.
     *
     * @param version of the row
     * @param over whether it has ended
     * @param had whose desks had it before
     * @param desks that have it now: the lead's, and a guest's
     * @param moved see {@link Change#moved()}
     * @param line whether the line of those who wait, or what is called for, is another now
     * @param news what was stored with it
     */
    record Changed(ConversationId conversation, TokenHash visitor, long version, boolean over, Set<StaffId> had, List<Desk> desks, boolean moved, boolean line, Optional<News> news) implements Notice {
        static Changed of(Change change) {
            boolean moved = change.moved();
            // Whoever only wrote or read left everybody where they were.
            Set<StaffId> had = moved ? change.before().map(Changed::staff).orElse(Set.of()) : Set.of();
            return new Changed(change.after().id(), change.after().visitor(), change.after().version(), !change.after().open(), had, desks(change.after()), moved, moved && line(change), change.envelope().map(News::of));
        }

        static List<Desk> desks(Conversation row) {
            long guestFrom = row.guest().map(Guest::fromSeq).orElse(0L);
            return row.seats().stream().map(seat -> new Desk(seat.staff(), seat.fence(), row.guests(seat.id()) ? guestFrom : row.log().fromSeq())).toList();
        }

        private static Set<StaffId> staff(Conversation row) {
            return row.seats().stream().map(Claim::staff).collect(Collectors.toSet());
        }

        private static boolean line(Change change) {
            boolean was = change.before().map(Conversation::state).filter(state -> state == State.WAITING).isPresent();
            return was != (change.after().state() == State.WAITING) || called(change.before()) != called(Optional.of(change.after()));
        }

        private static boolean called(Optional<Conversation> row) {
            return row.flatMap(Conversation::stage).filter(Stage.CALLED::equals).isPresent();
        }

        /** The members of staff it is about. */
        Set<StaffId> staff() {
            return Stream.concat(had.stream(), desks.stream().map(Desk::staff)).collect(Collectors.toSet());
        }
    }

    /** @param fromSeq the first envelope that it may read; 0: none yet */
    record Desk(StaffId staff, long fence, long fromSeq) {
    }

    /** An envelope was stored, with this number. */
    record News(long seq) {
        static News of(Envelope envelope) {
            return new News(envelope.seq());
        }
    }

    /** Bytes that only the other members' clients understand, for whoever of them is connected now. */
    sealed interface Signal extends Notice {
        ConversationId conversation();

        byte[] body();
    }

    record ToVisitor(TokenHash visitor, ConversationId conversation, byte[] body) implements Signal {
    }

    record ToDesk(StaffId staff, ConversationId conversation, byte[] body) implements Signal {
    }

    /** A newer desk of hers has the lease. */
    record LeaseTaken(StaffId staff, long fence) implements Notice {
    }

    /** @param session empty: all that she has */
    record SignedOut(StaffId staff, Optional<TokenHash> session) implements Notice {
    }

    /** What her desk shows is another now. */
    record DeskMoved(StaffId staff) implements Notice {
    }
}
