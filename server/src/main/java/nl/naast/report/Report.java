package nl.naast.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.canon.Hash;
import nl.naast.conversation.ConversationId;

/**
 * One report. Immutable; the rules answer the one that follows, and the store writes it only if nobody was faster ({@code version}).
 *
 * @param visitor   whose it is: its answers are read with her capability, when her conversation is long gone too
 * @param expiresAt whole minutes; from then on there is none
 */
record Report(ReportId id, TokenHash visitor, ConversationId conversation, List<Box> boxes, Instant expiresAt, long version) {
    /** @param who the coordinator it is sealed to */
    record Box(StaffId who, Hash to, byte[] box, Optional<Answer> answer) {
        Box with(Answer given) {
            return new Box(who, to, box, Optional.of(given));
        }
    }

    Report {
        boxes = List.copyOf(boxes);
    }

    static Report fresh(ReportId id, TokenHash visitor, ConversationId conversation, List<Box> boxes, Instant now, ReportRules rules) {
        return new Report(id, visitor, conversation, boxes, end(now, rules.kept()), 1);
    }

    private static Instant end(Instant now, java.time.Duration after) {
        return now.truncatedTo(ChronoUnit.MINUTES).plus(after);
    }

    boolean lives(Instant now) {
        return expiresAt.isAfter(now);
    }

    boolean isOf(TokenHash who, ConversationId about) {
        return visitor.equals(who) && conversation.equals(about);
    }

    /** @param revoked what was sealed to a statement that a signer revoked is nobody's to open: its key may be in other hands */
    Optional<Box> of(StaffId who, java.util.function.Predicate<Hash> revoked) {
        return boxes.stream().filter(box -> box.who().equals(who) && !revoked.test(box.to())).findFirst();
    }

    List<Answer> answers() {
        return boxes.stream().flatMap(box -> box.answer().stream()).toList();
    }

    /** With her answer; once everybody has answered it is kept for a shorter time. */
    Report answered(StaffId who, Answer answer, Instant now, ReportRules rules) {
        List<Box> next = boxes.stream().map(box -> box.who().equals(who) ? box.with(answer) : box).toList();
        Instant soon = end(now, rules.afterAnswers());
        boolean shorter = next.stream().allMatch(box -> box.answer().isPresent()) && soon.isBefore(expiresAt);
        return new Report(id, visitor, conversation, next, shorter ? soon : expiresAt, version + 1);
    }

    static boolean same(Answer one, byte[] box) {
        return Arrays.equals(one.box(), box);
    }

    @Override
    public String toString() {
        return "Report[***]";
    }
}
