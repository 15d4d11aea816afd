package nl.naast.desk;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSessions;
import nl.naast.access.StaffStopped;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Change;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Member;
import nl.naast.desk.Lease.GivenBack;
import nl.naast.desk.Lease.Left;
import nl.naast.desk.Leases.Changed;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of desk leases: which page is an expert's desk, what it has, and how everything is taken from it. */
public final class DeskModule implements StaffStopped {
    private final Leases leases;
    private final ConversationModule conversations;
    private final DeskSignals signals;
    private final StaffSessions sessions;
    private final Clock clock;
    private final Duration kept;

    /** @param kept how long a lease is kept after its last use */
    public DeskModule(Store store, Wrap wrap, Clock clock, Duration kept, ConversationModule conversations, DeskSignals signals, StaffSessions sessions) {
        this.leases = switch (store) {
            case SqliteStore sqlite -> new SqliteLeases(sqlite, wrap, clock);
            case MongoStore mongo -> new MongoLeases(mongo, wrap, clock);
        };
        this.conversations = conversations;
        this.signals = signals;
        this.sessions = sessions;
        this.clock = clock;
        this.kept = kept;
    }

    public static Migration migration(int number) {
        return new Migration(number, "desk", SqliteLeases.SCHEMA);
    }

    public static MongoTables tables() {
        return MongoLeases.tables();
    }

    public List<Purge> purges() {
        return List.of(new GivenBackPurge(leases), leases.purge(kept));
    }

    /**
     * Takes the lease for a desk, in a session with whose end it ends. Whom an older desk talks with goes over to it, whom it had only claimed is given back; what a crash left half done is finished here too. An older desk of
     * another session is at another computer, where nobody may be sitting any more: that session is locked.
     * Refused as lease-lost for a desk from which it was taken, by a newer one or a sign-out: a laptop that wakes up takes nothing from her.
     */
    public Future<Outcome<Lease>> take(StaffId staff, DeskId desk, TokenHash session) {
        Instant expires = clock.now().plus(kept).truncatedTo(ChronoUnit.MINUTES);
        return overtake(staff, session, lease -> lease.taken(desk, session, expires)).compose(changed -> {
            if (!changed.after().heldBy(desk)) {
                return Future.succeededFuture(Outcome.refused(Problem.LEASE_LOST));
            }
            if (changed.after().fence() != changed.before().fence()) {
                signals.leaseTaken(staff, changed.after().fence());
            }
            return settleAll(changed.after()).map(Outcome.done(changed.after()));
        });
    }

    /** Before the change and again after it: a server that ends in between leaves no session open, and a desk that came in between is no exception. Whoever hears of the change finds the session locked. */
    private Future<Changed> overtake(StaffId staff, TokenHash by, UnaryOperator<Lease> rule) {
        return leases.find(staff).compose(found -> lockOther(found, by, rule)).compose(done -> leases.change(staff, rule))
            .compose(changed -> lockOther(Optional.of(changed.before()), by, rule).map(changed));
    }

    /** A rule that leaves the lease as it is takes nothing from anybody: then nobody is locked. */
    private Future<Void> lockOther(Optional<Lease> lease, TokenHash by, UnaryOperator<Lease> rule) {
        return lease.filter(had -> !rule.apply(had).equals(had)).flatMap(Lease::session).filter(session -> !session.equals(by)).map(sessions::lock).orElse(Future.succeededFuture());
    }

    /** Refused as lease-lost for an older fence. */
    public Future<Outcome<Void>> available(StaffId staff, long fence, boolean yes) {
        return atFence(staff, fence, lease -> lease.available(yes)).map(changed -> changed.map(lease -> null));
    }

    /** She has locked her page, or opened it again; session, lease and line stay. Whom she had not joined yet is given back, since a locked page joins nobody. Refused as lease-lost for an older fence. */
    public Future<Outcome<Void>> away(StaffId staff, long fence, boolean yes) {
        return atFence(staff, fence, lease -> lease.away(yes)).compose(changed -> switch (changed) {
            case Outcome.Done<Lease>(Lease lease) -> settleAll(lease).map(Outcome.done(null));
            case Outcome.Refused<Lease>(Problem problem) -> Future.succeededFuture(Outcome.refused(problem));
        });
    }

    private Future<Outcome<Lease>> atFence(StaffId staff, long fence, UnaryOperator<Lease> rule) {
        return leases.change(staff, lease -> lease.fence() == fence ? rule.apply(lease) : lease).map(changed -> {
            signals.changed(staff);
            return changed.after().fence() == fence ? Outcome.done(changed.after()) : Outcome.refused(Problem.LEASE_LOST);
        });
    }

    public Future<Optional<Lease>> find(StaffId staff) {
        return leases.find(staff);
    }

    /** Those of these members of staff who have one. */
    public Future<Map<StaffId, Lease>> of(Set<StaffId> staff) {
        return staff.isEmpty() ? Future.succeededFuture(Map.of()) : leases.of(staff).map(found -> found.stream().collect(Collectors.toMap(Lease::staff, Function.identity())));
    }

    /** Whether this fence is the current one. */
    public Future<Boolean> holds(StaffId staff, long fence) {
        return leases.find(staff).map(lease -> held(lease, fence));
    }

    private static boolean held(Optional<Lease> lease, long fence) {
        return lease.filter(l -> l.fence() == fence && l.desk().isPresent()).isPresent();
    }

    /** Why the desk with this fence may not take anybody now: lease-lost, or not-now for one that is away; empty when it may. */
    public Future<Optional<Problem>> refusal(StaffId staff, long fence) {
        return leases.find(staff).map(lease -> {
            if (!held(lease, fence)) {
                return Optional.of(Problem.LEASE_LOST);
            }
            return lease.filter(l -> l.away().now()).map(away -> Problem.NOT_NOW);
        });
    }

    /** The expert gives a conversation back; repeating it answers the same. Refused as unknown or closed. @param again the visitor may be given to her again */
    public Future<Outcome<Void>> release(StaffId staff, long fence, ConversationId conversation, boolean again) {
        return orLeft(staff, fence, conversation, EnumSet.allOf(Left.class), conversations.release(new Member.OfDesk(staff, fence), conversation, again));
    }

    /** The lead takes a call back, or sends the guest away; or the guest goes. Repeating it answers the same. Refused as unknown, closed or not-now. */
    public Future<Outcome<Void>> uncall(StaffId staff, long fence, ConversationId conversation, ClaimId call) {
        return orLeft(staff, fence, conversation, EnumSet.of(Left.UNCALLED, Left.DECLINED, Left.ANOTHER, Left.RELEASED), conversations.uncall(new Member.OfDesk(staff, fence), conversation, call));
    }

    /** The guest becomes the lead; repeating it answers the same. Refused as unknown, closed or not-now. */
    public Future<Outcome<Void>> handOver(StaffId staff, long fence, ConversationId conversation, ClaimId call) {
        return orLeft(staff, fence, conversation, EnumSet.of(Left.HANDED_OVER), conversations.handOver(new Member.OfDesk(staff, fence), conversation, call));
    }

    /** What left this very desk so is not hers any more, so asking again would be unknown: it is remembered that it was done. */
    private Future<Outcome<Void>> orLeft(StaffId staff, long fence, ConversationId conversation, Set<Left> how, Future<Outcome<Void>> done) {
        return done.compose(outcome -> switch (outcome) {
            case Outcome.Done<Void> now -> Future.succeededFuture(now);
            case Outcome.Refused<Void>(Problem problem) when problem != Problem.UNKNOWN && problem != Problem.CLOSED -> Future.succeededFuture(outcome);
            case Outcome.Refused<Void> refused -> leases.find(staff).map(lease -> lease.filter(l -> l.fence() == fence && left(l, conversation, how)).isPresent() ? Outcome.<Void>done(null) : refused);
        });
    }

    private boolean left(Lease lease, ConversationId conversation, Set<Left> how) {
        return lease.givenBack(clock.now()).stream().anyMatch(given -> given.conversation().equals(conversation) && how.contains(given.how()));
    }

    /**
     * Sign-out, lock, suspension: the desk of that session loses its lease, each of its visitors is first in line again, that session's connections end. Repeatable.
     *
     * @param session empty: all that she has
     */
    public Future<Void> releaseAll(StaffId staff, Optional<TokenHash> session) {
        return leases.change(staff, lease -> lease.desk().isPresent() && session.map(lease::isOf).orElse(true) ? lease.revoked(Again.RELEASED) : lease).compose(changed -> {
            signals.signedOut(staff, session);
            return settleAll(changed.after());
        });
    }

    private static Lease taken(Lease lease, Again why) {
        return lease.desk().isPresent() ? lease.revoked(why) : lease;
    }

    private Future<Void> lost(Changed changed) {
        signals.leaseTaken(changed.after().staff(), changed.after().fence());
        return settleAll(changed.after());
    }

    /**
     * Another page of hers has made newer keys, and visitors' pages are about to learn that those at her desk are no longer hers: the desk loses its lease, and each of its visitors is told and first in line before that. Repeatable.
     *
     * @param by the session of that page; the desk's own is locked when it is another
     */
    public Future<Void> overtaken(StaffId staff, TokenHash by) {
        return overtake(staff, by, lease -> taken(lease, Again.RELEASED)).compose(this::lost);
    }

    /**
     * What she has been believed by is not served any more: her desk loses its lease, and each of her visitors is first in line again. Her session stays: what she needs is a new statement. Repeatable.
     *
     * @param why as the visitors are told
     */
    public Future<Void> disown(StaffId staff, Again why) {
        return leases.change(staff, lease -> taken(lease, why)).compose(this::lost);
    }

    /** Whoever is stopped, for whatever reason, keeps nothing open. What is lost here with the process is noticed within seconds: a desk's socket asks for its session again. */
    @Override
    public void stopped(StaffId staff, Optional<TokenHash> session, Why why) {
        releaseAll(staff, session).onFailure(failed -> Log.say(LogCode.RELEASE_FAILED, failed));
    }

    /** All that any desk of hers has. A newer one may have come and claimed since the lease was written: what is its, stays. */
    private Future<Void> settleAll(Lease now) {
        return conversations.ofStaff(now.staff()).compose(all -> Future.all(all.stream().filter(c -> c.open() || Lease.shown(c.facts().changed(), clock.now())).map(c -> settle(now, c)).toList()).mapEmpty());
    }

    /** Does to her place in one conversation what the lease says, if it was not done yet: whoever wrote the lease may have ended before. Each is one write that is conditional on the claim, so it may be done by anybody, and again. */
    public Future<Void> settle(Lease now, Conversation row) {
        return switch (now.about(row)) {
            case STAYS -> Future.succeededFuture();
            case GOES -> conversations.release(row.id(), seat(now, row), now.kept().why()).mapEmpty();
            case MOVES -> conversations.takeOver(row.id(), seat(now, row), now.fence()).mapEmpty();
            case STAYS_JOINED -> conversations.releaseUnjoined(row.id(), seat(now, row), Again.RELEASED).mapEmpty();
        };
    }

    private static ClaimId seat(Lease now, Conversation row) {
        return row.seatOf(now.staff()).orElseThrow().id();
    }

    /** Remembers for ten minutes that a conversation left a desk, and no longer than until it comes again; to be told of every change. */
    public Future<Void> noticed(Change change) {
        if (!change.moved()) {
            return Future.succeededFuture();
        }
        Stream<Future<?>> left = change.before().stream().flatMap(before -> only(before, change.after())).map(seat -> gaveBack(seat, change));
        Stream<Future<?>> came = change.before().stream().flatMap(before -> only(change.after(), before)).map(seat -> hasAgain(seat, change));
        return Future.join(Stream.concat(left, came).toList()).mapEmpty();
    }

    /** Whoever has a place in the one row and none in the other. */
    private static Stream<Claim> only(Conversation one, Conversation other) {
        return one.seats().stream().filter(seat -> other.seatOf(seat.staff()).isEmpty());
    }

    private Future<?> hasAgain(Claim seat, Change change) {
        return leases.change(seat.staff(), lease -> lease.hasAgain(change.after().id())).onFailure(failed -> Log.say(LogCode.RELEASE_FAILED, failed));
    }

    private Future<?> gaveBack(Claim seat, Change change) {
        GivenBack given = new GivenBack(change.after().id(), how(seat, change), clock.now().truncatedTo(ChronoUnit.MINUTES));
        return leases.change(seat.staff(), lease -> lease.fence() == seat.fence() ? lease.gaveBack(given) : lease).onFailure(failed -> Log.say(LogCode.RELEASE_FAILED, failed));
    }

    private static Left how(Claim seat, Change change) {
        Conversation after = change.after();
        if (after.state() == State.WAITING) {
            return switch (after.facts().again().orElse(Again.RELEASED)) {
                case NO_JOIN -> Left.NO_JOIN;
                case ANOTHER -> Left.ANOTHER;
                case VANISHED, RELEASED, REVOKED -> Left.RELEASED;
            };
        }
        if (change.before().orElseThrow().guests(seat.id())) {
            return after.facts().declined() ? Left.DECLINED : Left.UNCALLED;
        }
        return after.claim().isPresent() ? Left.HANDED_OVER : Left.RELEASED;
    }
}
