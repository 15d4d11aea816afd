package nl.naast.wire;

import nl.naast.conversation.ClaimId;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Guest;
import nl.naast.desk.DeskId;

/** What a desk says (protocol.md §5). {@code fence}: the fencing number of its lease. */
public sealed interface DeskFrame extends ClientFrame {
    record Take(int n, long version, DeskId desk) implements DeskFrame {
    }

    record Available(int n, long fence, boolean yes) implements DeskFrame {
    }

    record Away(int n, long fence, boolean yes) implements DeskFrame {
    }

    record Claim(int n, long fence, ClaimId claim, int slot, byte[] keyPackage) implements DeskFrame {
    }

    record Does(int n, long fence, Act act) implements DeskFrame {
    }

    record Close(int n, long fence, ConversationId conversation) implements DeskFrame {
    }

    /** @param again she may be given to this expert again: it was the desk that could not go on with her */
    record Release(int n, long fence, ConversationId conversation, boolean again) implements DeskFrame {
    }

    /** The lead asks for a third person. @param warm both stay for a moment */
    record Call(int n, long fence, ConversationId conversation, ClaimId call, Guest.Purpose purpose, boolean warm) implements DeskFrame {
    }

    record Answer(int n, long fence, ClaimId call, int slot, byte[] keyPackage) implements DeskFrame {
    }

    record Uncall(int n, long fence, ConversationId conversation, ClaimId call) implements DeskFrame {
    }

    record HandOver(int n, long fence, ConversationId conversation, ClaimId call) implements DeskFrame {
    }

    record Ping(int n) implements DeskFrame {
    }
}
