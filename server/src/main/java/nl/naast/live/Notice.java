package nl.naast.live;

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
import nl.naast.conversation.Kind;

/** What a process tells the connections of all processes: who has to look, and up to where. Never a row, never an envelope: whoever hears it elsewhere asks. Best effort; who misses one catches up by cursor and view. */
sealed interface Notice {
    /**
     * A conversation was changed.
     *
     * @param version of the row
     * @param over whether it has ended
     * @param had whose desk had it before
     * @param desk that has it now
     * @param moved see {@link Change#moved()}
     * @param line whether the line of those who wait is another now
     * @param news what was stored with it
     */
    record Changed(ConversationId conversation, TokenHash visitor, long version, boolean over, Optional<StaffId> had, Optional<Desk> desk, boolean moved, boolean line, Optional<News> news) implements Notice {
        static Changed of(Change change) {
            Optional<StaffId> had = change.before().flatMap(Conversation::claim).map(Claim::staff);
            Optional<Desk> desk = change.after().claim().map(claim -> new Desk(claim.staff(), claim.fence(), change.after().log().fromSeq()));
            return new Changed(change.after().id(), change.after().visitor(), change.after().version(), !change.after().open(), had, desk, change.moved(), line(change), change.envelope().map(News::of));
        }

        private static boolean line(Change change) {
            boolean was = change.before().map(Conversation::state).filter(state -> state == State.WAITING).isPresent();
            return was != (change.after().state() == State.WAITING);
        }

        /** The members of staff it is about. */
        Set<StaffId> staff() {
            return Stream.concat(had.stream(), desk.stream().map(Desk::staff)).collect(Collectors.toSet());
        }
    }

    /** @param fromSeq the first envelope that it may read; 0: none yet */
    record Desk(StaffId staff, long fence, long fromSeq) {
    }

    /** @param add whether it brings an expert in */
    record News(long seq, boolean add) {
        static News of(Envelope envelope) {
            return new News(envelope.seq(), envelope.kind() == Kind.ADD);
        }
    }

    /** Bytes that only the other side's client understands, for whoever of the two is connected now. */
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
