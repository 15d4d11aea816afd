package nl.naast.report;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.abuse.RateLimit;
import nl.naast.access.TokenHash;
import nl.naast.canon.Hash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** A visitor says that something does not feel right: to two coordinators, never to anybody who has her. */
final class SendReport {
    /** So many statements a page is shown, and so many boxes a report has, at the most. */
    private static final int SHOWN = 4;
    private static final int BOXES = 2;

    private final Reports reports;
    private final ConversationModule conversations;
    private final Coordinators coordinators;
    private final RateLimit rate;
    private final Clock clock;
    private final ReportRules rules;

    SendReport(Reports reports, ConversationModule conversations, Coordinators coordinators, RateLimit rate, Clock clock, ReportRules rules) {
        this.reports = reports;
        this.conversations = conversations;
        this.coordinators = coordinators;
        this.rate = rate;
        this.clock = clock;
        this.rules = rules;
    }

    /** Refused: unknown; not-now when nobody was ever with her. */
    Future<Outcome<Readers>> readers(TokenHash visitor) {
        return conversations.ofVisitor(visitor).compose(row -> switch (spoken(row)) {
            case Outcome.Refused<Conversation>(Problem problem) -> refused(problem);
            case Outcome.Done<Conversation>(Conversation hers) -> coordinators.papers().map(papers -> Outcome.done(new Readers(papers.roster(), papers.revocations(),
                eligible(hers, papers).stream().limit(SHOWN).map(Coordinators.Served::statement).toList())));
        });
    }

    /** Refused: malformed, too-fast, unknown, not-now, limit. */
    Future<Outcome<Void>> send(TokenHash visitor, ConversationId conversation, ReportId id, List<BoxTo> boxes) {
        Set<Hash> to = new HashSet<>(boxes.stream().map(BoxTo::to).toList());
        if (boxes.isEmpty() || boxes.size() > BOXES || to.size() < boxes.size()) {
            return refused(Problem.MALFORMED);
        }
        if (!rate.take(visitor.text())) {
            return refused(Problem.TOO_FAST);
        }
        return reports.find(id).compose(there -> there.isPresent() ? repeated(there, visitor, conversation) : fresh(visitor, conversation, id, boxes));
    }

    /** Answered as the first time, whatever has become of conversation and coordinators since. Another's, or one that has expired: there is none. */
    private static Future<Outcome<Void>> repeated(Optional<Report> there, TokenHash visitor, ConversationId conversation) {
        return there.filter(report -> report.isOf(visitor, conversation)).isPresent() ? Future.succeededFuture(Outcome.done(null)) : refused(Problem.UNKNOWN);
    }

    private Future<Outcome<Void>> fresh(TokenHash visitor, ConversationId conversation, ReportId id, List<BoxTo> boxes) {
        return conversations.find(conversation).compose(row -> switch (spoken(row.filter(found -> found.visitor().equals(visitor)))) {
            case Outcome.Refused<Conversation>(Problem problem) -> refused(problem);
            case Outcome.Done<Conversation>(Conversation hers) -> coordinators.papers().compose(papers -> sealedTo(boxes, eligible(hers, papers))
                .map(sealed -> add(Report.fresh(id, visitor, conversation, sealed, clock.now(), rules))).orElse(refused(Problem.NOT_NOW)));
        });
    }

    /** There are lines to be ticked since somebody was brought in. */
    private static Outcome<Conversation> spoken(Optional<Conversation> row) {
        return row.map(hers -> hers.log().seq() == 0 ? Outcome.<Conversation>refused(Problem.NOT_NOW) : Outcome.done(hers)).orElse(Outcome.refused(Problem.UNKNOWN));
    }

    /** In an order that is another for each conversation, and for one always the same: so the work is shared out, and nobody is shown all by asking often. */
    private static List<Coordinators.Served> eligible(Conversation row, Coordinators.Papers papers) {
        return papers.served().stream().filter(each -> !row.withStaff().contains(each.who())).sorted(Comparator.comparing(each -> order(row, each))).toList();
    }

    private static Hash order(Conversation row, Coordinators.Served served) {
        return Hash.of(Buffer.buffer(row.id().id().bytes()).appendBytes(served.hash().bytes()).getBytes());
    }

    /** One is enough: her page leaves out whom it knows she talked with, also where the row of the conversation does not say so any more. @return empty unless each is sealed to somebody eligible */
    private static Optional<List<Report.Box>> sealedTo(List<BoxTo> boxes, List<Coordinators.Served> eligible) {
        List<Report.Box> sealed = boxes.stream().flatMap(box -> eligible.stream().filter(each -> each.hash().equals(box.to())).map(each -> new Report.Box(each.who(), each.hash(), box.box(), Optional.empty()))).toList();
        return sealed.size() == boxes.size() ? Optional.of(sealed) : Optional.empty();
    }

    private Future<Outcome<Void>> add(Report report) {
        return reports.add(report).compose(added -> switch (added) {
            case ADDED -> Future.succeededFuture(Outcome.done(null));
            case THERE -> reports.find(report.id()).compose(there -> repeated(there, report.visitor(), report.conversation()));
            case FULL -> refused(Problem.LIMIT);
        });
    }

    private static <T> Future<Outcome<T>> refused(Problem problem) {
        return Future.succeededFuture(Outcome.refused(problem));
    }
}
