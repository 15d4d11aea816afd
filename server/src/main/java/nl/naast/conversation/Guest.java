package nl.naast.conversation;

import java.util.Locale;
import java.util.Optional;
import nl.naast.conversation.Conversation.Claim;

/**
 * A third person beside the visitor and the lead (ADR 0025): called by the lead, answered by one of the staff, taken in by the visitor's own client.
 *
 * @param call names it; made by the lead's desk, so that calling can be repeated; becomes the claim's id when the guest becomes the lead
 * @param warm both stay for a moment; else the guest is the lead from the moment she is in. Without meaning when she only looks along
 * @param seat who has answered, with the place at her desk and the key package for this one conversation; empty: nobody yet
 * @param fromSeq the add that brought her in: the first that she may read; 0 = nothing yet
 */
public record Guest(ClaimId call, Purpose purpose, boolean warm, Optional<Claim> seat, long fromSeq) {
    /** What she is called for. */
    public enum Purpose {
        /** An expert, to go on with the visitor. */
        TRANSFER(0),
        /** A coordinator, to look along. */
        LOOK(1);

        /** As it lies in the store: never another one for the same purpose. */
        private final byte stored;
        private final String word;

        Purpose(int stored) {
            this.stored = (byte) stored;
            this.word = name().toLowerCase(Locale.ROOT);
        }

        byte stored() {
            return stored;
        }

        /** @throws IllegalStateException no purpose has this number */
        static Purpose ofStored(byte number) {
            for (Purpose purpose : values()) {
                if (purpose.stored == number) {
                    return purpose;
                }
            }
            throw new IllegalStateException("a purpose of this number was never stored");
        }

        /** As it goes over the wire. */
        public String word() {
            return word;
        }

        /** Empty for a word that is none. */
        public static Optional<Purpose> parse(String word) {
            for (Purpose purpose : values()) {
                if (purpose.word.equals(word)) {
                    return Optional.of(purpose);
                }
            }
            return Optional.empty();
        }
    }

    /** How far she has come. */
    public enum Stage {
        /** Nobody has answered. */
        CALLED,
        /** The visitor is asked. */
        ANSWERED,
        /** The visitor's client has added her. */
        JOINING,
        /** She has read the add that brought her in. */
        IN;

        /** As it goes over the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Guest called(ClaimId call, Purpose purpose, boolean warm) {
        return new Guest(call, purpose, warm, Optional.empty(), 0);
    }

    /** @param ack up to where she needs nothing any more */
    Stage stage(long ack) {
        if (fromSeq == 0) {
            return seat.isEmpty() ? Stage.CALLED : Stage.ANSWERED;
        }
        return ack < fromSeq ? Stage.JOINING : Stage.IN;
    }

    Guest answered(Claim by) {
        return new Guest(call, purpose, warm, Optional.of(by), 0);
    }

    Guest added(long seq) {
        return new Guest(call, purpose, warm, seat, seq);
    }

    /** The same at a newer desk of hers. */
    Guest atDesk(long fence) {
        return new Guest(call, purpose, warm, seat.map(had -> had.atDesk(fence)), fromSeq);
    }

    @Override
    public String toString() {
        return "Guest[" + purpose + "]";
    }
}
