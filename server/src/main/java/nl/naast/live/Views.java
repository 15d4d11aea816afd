package nl.naast.live;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.desk.DeskModule;
import nl.naast.desk.Lease;
import nl.naast.platform.Clock;
import nl.naast.queue.Proofs;
import nl.naast.queue.QueueModule;
import nl.naast.queue.Range;
import nl.naast.queue.Waiting;
import nl.naast.wire.DeskView;
import nl.naast.wire.VisitorView;

/** Puts together what a client is told: the whole truth, from the store and from who is connected. */
final class Views {
    /** What was stored by another process is told no later than this. */
    private static final long LINE_KEPT_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration RANGE_KEPT = Duration.ofSeconds(30);

    /** @param row the conversation that the view is of, if there is one */
    record Seen(VisitorView view, Optional<Conversation> row) {
    }

    /** One reading for all who are told of one change. */
    private record Kept<T>(Future<T> read, long at) {
    }

    private record Ranged(Optional<Range> range, Instant at) {
    }

    private final ConversationModule conversations;
    private final QueueModule queue;
    private final DeskModule desks;
    private final Proofs proofs;
    private final Hub hub;
    private final Clock clock;
    private volatile Kept<List<Waiting>> line;
    private volatile Kept<List<Conversation>> calls;
    private final Map<Optional<String>, Ranged> ranges = new ConcurrentHashMap<>();

    Views(ConversationModule conversations, QueueModule queue, DeskModule desks, Proofs proofs, Hub hub, Clock clock) {
        this.conversations = conversations;
        this.queue = queue;
        this.desks = desks;
        this.proofs = proofs;
        this.hub = hub;
        this.clock = clock;
    }

    Future<Seen> visitor(TokenHash who) {
        return conversations.ofVisitor(who).compose(row -> row.map(this::visitor).orElseGet(() -> Future.succeededFuture(VisitorView.none())).map(view -> new Seen(view, row)));
    }

    Future<VisitorView> visitor(Conversation row) {
        return switch (row.state()) {
            case WAITING -> lineWith(row).compose(line -> range(Optional.of(row.facts().language())).compose(range -> revoked(row).map(papers -> VisitorView.waiting(row, position(line, row), range, papers))));
            case CLAIMED, JOINING, TALKING -> withExpert(row);
            case ENDED -> Future.succeededFuture(VisitorView.ended(row));
        };
    }

    /** Her page acts on a signed record or a newer roster, on nothing less: whoever was taken from her because of one is told by which. */
    private Future<Optional<Proofs.Papers>> revoked(Conversation row) {
        boolean so = row.facts().again().filter(again -> again == Again.REVOKED).isPresent();
        return so ? proofs.papers().map(papers -> papers.roster().isPresent() ? Optional.of(papers) : Optional.empty()) : Future.succeededFuture(Optional.empty());
    }

    private Future<List<Waiting>> line() {
        long now = System.nanoTime();
        Kept<List<Waiting>> known = line;
        return old(known, now) ? lineNow(now) : known.read();
    }

    private static boolean old(Kept<?> known, long now) {
        return known == null || now - known.at() > LINE_KEPT_NANOS;
    }

    /** Only desks ask for them. */
    private Future<List<Conversation>> calls() {
        long now = System.nanoTime();
        Kept<List<Conversation>> known = calls;
        if (old(known, now)) {
            known = new Kept<>(queue.calls(), now);
            calls = known;
        }
        return known.read();
    }

    /** Something was stored: a reading from before it is worth nothing. */
    void stale() {
        line = null;
        calls = null;
    }

    private Future<List<Waiting>> lineNow(long now) {
        Kept<List<Waiting>> fresh = new Kept<>(queue.line(), now);
        line = fresh;
        return fresh.read();
    }

    /** For somebody who has just come into the line, or back. */
    private Future<List<Waiting>> lineWith(Conversation row) {
        return line().compose(known -> known.stream().anyMatch(w -> w.conversation().equals(row.id())) ? Future.succeededFuture(known) : lineNow(System.nanoTime()));
    }

    /** The line may have moved since the row was read: who is not in it any more is told so a moment later, and stands first until then. */
    private static int position(List<Waiting> line, Conversation row) {
        List<Waiting> same = line.stream().filter(w -> w.language().equals(row.facts().language())).toList();
        for (int i = 0; i < same.size(); i++) {
            if (same.get(i).conversation().equals(row.id())) {
                return i + 1;
            }
        }
        return 1;
    }

    private Future<VisitorView> withExpert(Conversation row) {
        Conversation.Claim claim = row.claim().orElseThrow();
        // Without a proof there is nothing a visitor's client could check: it is told nothing, and the claim is about to be given back.
        return proofs.proofOf(claim.staff()).compose(proof -> proof.map(p -> desks.find(claim.staff())
            .compose(lease -> beside(row).map(guest -> VisitorView.withExpert(row, claim, p, line(lease, hub.here(claim.staff())), guest)))).orElseGet(() -> Future.failedFuture(new NoProof())));
    }

    /** A guest who is not to be believed is about to be sent away: nobody is told of her. */
    private Future<Optional<VisitorView.Beside>> beside(Conversation row) {
        Optional<Conversation.Claim> seat = row.guest().flatMap(Guest::seat);
        if (seat.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        StaffId who = seat.get().staff();
        return proofs.proofOf(who, row.guest().orElseThrow().purpose()).compose(proof -> desks.find(who).map(lease -> proof.map(p -> new VisitorView.Beside(seat.get(), p, line(lease, hub.here(who))))));
    }

    /** Away is what its person said of her desk, whatever becomes of its connection. */
    static VisitorView.Line line(Optional<Lease> lease, boolean here) {
        if (lease.filter(l -> l.away().now()).isPresent()) {
            return VisitorView.Line.AWAY;
        }
        return here ? VisitorView.Line.HERE : VisitorView.Line.LOST;
    }

    static final class NoProof extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoProof() {
            super("an expert without a valid statement has a claim", null, false, false);
        }
    }

    /** @param language empty = all together */
    Future<Optional<Range>> range(Optional<String> language) {
        Ranged known = ranges.get(language);
        if (known != null && known.at().plus(RANGE_KEPT).isAfter(clock.now())) {
            return Future.succeededFuture(known.range());
        }
        return queue.range(language).onSuccess(range -> ranges.put(language, new Ranged(range, clock.now())));
    }

    Future<DeskView> desk(StaffSession session) {
        StaffId staff = session.who().id();
        return desks.find(staff).compose(lease -> conversations.ofStaff(staff).compose(rows -> {
            long fence = lease.map(Lease::fence).orElse(0L);
            List<Conversation> hers = rows.stream().filter(row -> row.seatOf(staff).orElseThrow().fence() == fence).sorted(Comparator.comparing(row -> row.seatOf(staff).orElseThrow().slot())).toList();
            Future<List<DeskView.Talk>> talks = Future.all(hers.stream().filter(Conversation::open).map(row -> talk(row, staff)).toList()).map(each -> each.<DeskView.Talk>list());
            return line().compose(waiting -> calls().compose(called -> talks.map(all -> desk(session, lease, hers, all, waiting, called))));
        }));
    }

    private Future<DeskView.Talk> talk(Conversation row, StaffId staff) {
        Conversation.Claim seat = row.seatOf(staff).orElseThrow();
        boolean here = hub.here(row.visitor());
        boolean guest = row.guests(seat.id());
        Optional<Conversation.Claim> other = guest ? row.claim() : row.guest().flatMap(Guest::seat);
        // Who is alone with her visitor costs no reading.
        return other.isEmpty() ? Future.succeededFuture(new DeskView.Talk(row, seat, here, Optional.empty()))
            : proofs.proofOf(other.get().staff(), guest ? Purpose.TRANSFER : row.guest().orElseThrow().purpose()).map(proof -> new DeskView.Talk(row, seat, here, proof));
    }

    private DeskView desk(StaffSession session, Optional<Lease> lease, List<Conversation> hers, List<DeskView.Talk> talks, List<Waiting> line, List<Conversation> calls) {
        Instant now = clock.now();
        StaffId staff = session.who().id();
        Set<String> spoken = Desks.spoken(session);
        Set<ConversationId> has = talks.stream().map(talk -> talk.row().id()).collect(Collectors.toSet());
        Stream<DeskView.Over> over = hers.stream().filter(row -> row.state() == State.ENDED && Lease.shown(row.facts().changed(), now)).map(row -> new DeskView.Over(row.id(), why(row)));
        Stream<DeskView.Over> given = lease.stream().flatMap(l -> l.givenBack(now).stream()).filter(g -> !has.contains(g.conversation())).map(g -> new DeskView.Over(g.conversation(), g.how().word()));
        List<DeskView.Called> called = calls.stream().filter(row -> QueueModule.mayAnswer(row, staff, session.who().roles(), session.languages()))
            .map(row -> new DeskView.Called(row.guest().orElseThrow().call(), row.guest().orElseThrow().purpose(), row.facts().language())).sorted(Comparator.comparing(call -> call.call().id().text())).toList();
        return new DeskView(lease.filter(Lease::available).isPresent(), lines(line.stream().filter(w -> spoken.contains(w.language())).toList(), now), talks, Stream.concat(over, given).toList(), called);
    }

    private static String why(Conversation row) {
        return row.facts().why().orElseThrow().name().toLowerCase(Locale.ROOT);
    }

    private static List<DeskView.Line> lines(List<Waiting> waiting, Instant now) {
        Map<String, DeskView.Line> lines = new TreeMap<>();
        waiting.forEach(w -> {
            int minutes = (int) Math.max(0, w.since().until(now, ChronoUnit.MINUTES));
            lines.merge(w.language(), new DeskView.Line(w.language(), 1, minutes), (a, b) -> new DeskView.Line(a.language(), a.count() + 1, Math.max(a.longest(), b.longest())));
        });
        return List.copyOf(lines.values());
    }
}
