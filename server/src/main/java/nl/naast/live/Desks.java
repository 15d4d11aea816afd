package nl.naast.live;

import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffSession;
import nl.naast.wire.DeskFrame;

/** What a desk is to whom: an expert's is for visitors who wait, a coordinator's only for the calls to look along. */
final class Desks {
    private Desks() {
    }

    /** Whether she may have a desk at all. */
    static boolean has(StaffSession session) {
        return session.who().is(Role.EXPERT) || session.who().is(Role.COORDINATOR);
    }

    /** Whether her role may say this. What is an expert's alone begins, ends or gives over a conversation. */
    static boolean may(StaffSession session, DeskFrame frame) {
        return switch (frame) {
            case DeskFrame.Ping ping -> true;
            case DeskFrame.Claim claim -> session.who().is(Role.EXPERT);
            case DeskFrame.Close close -> session.who().is(Role.EXPERT);
            case DeskFrame.Release release -> session.who().is(Role.EXPERT);
            case DeskFrame.Call call -> session.who().is(Role.EXPERT);
            case DeskFrame.HandOver over -> session.who().is(Role.EXPERT);
            case DeskFrame.Take take -> has(session);
            case DeskFrame.Available available -> has(session);
            case DeskFrame.Away away -> has(session);
            case DeskFrame.Does does -> has(session);
            case DeskFrame.Answer answer -> has(session);
            case DeskFrame.Uncall uncall -> has(session);
        };
    }

    /** The languages in which she takes people who wait: a coordinator's desk being there opens the line for nobody. */
    static Set<String> spoken(StaffSession session) {
        return session.who().is(Role.EXPERT) ? session.languages() : Set.of();
    }
}
