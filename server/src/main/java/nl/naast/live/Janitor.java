package nl.naast.live;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Guest.Stage;
import nl.naast.desk.DeskModule;
import nl.naast.desk.Lease;
import nl.naast.platform.Clock;

/**
 * Notices who is gone, and acts on it by conditional writes (protocol.md §7). Each process does so for all conversations, and the write settles whose act it is. It keeps only what it saw or was told itself, so
 * after a start everybody has the full time again; and it tells each side when the other's presence changed.
 */
final class Janitor {
    /** One time that somebody was away: the first that this process saw of it. */
    private record Absence(long times, Instant since) {
    }

    private final ConversationModule conversations;
    private final DeskModule desks;
    private final Hub hub;
    private final Clock clock;
    private final LivePolicy policy;
    private final Handler<List<Conversation>> missed;
    private final Map<ClaimId, Instant> claims = new HashMap<>();
    private final Map<StaffId, Absence> absences = new HashMap<>();
    private final Map<Object, Object> was = new HashMap<>();
    /** A look that takes longer than this saw nothing of what happened meanwhile. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    /** When it could be looked at all that is to be looked at. */
    private Instant looked;
    private boolean busy;
    private boolean blind;
    /** Since when the store answers without a break. Who could not be heard for its sake is not gone: she has the full time again from here. */
    private Instant sighted = Instant.EPOCH;

    /** @param missed is told of all open conversations each time, before anything is done about who is gone */
    Janitor(ConversationModule conversations, DeskModule desks, Hub hub, Clock clock, LivePolicy policy, Handler<List<Conversation>> missed) {
        this.missed = missed;
        this.conversations = conversations;
        this.desks = desks;
        this.hub = hub;
        this.clock = clock;
        this.policy = policy;
        this.looked = clock.now();
    }

    /** Looks at all open conversations once; does nothing while it still looks. Not to be called from two threads. */
    Future<Void> look() {
        if (busy) {
            return Future.succeededFuture();
        }
        busy = true;
        Instant began = clock.now();
        return conversations.open().onComplete(done -> sight(began, done.succeeded())).onSuccess(missed)
            .compose(rows -> hub.elsewhere().exchange(here(rows)).compose(told -> desks.of(experts(rows))).compose(leases -> look(rows, leases))).onComplete(done -> {
            busy = false;
            looked = done.succeeded() ? clock.now() : looked;
        }).mapEmpty();
    }

    private void sight(Instant began, boolean answered) {
        Instant now = clock.now();
        if (answered && (blind || began.plus(SLOW).isBefore(now))) {
            sighted = now;
        }
        blind = !answered;
    }

    /** Whether this process, one of several, could not look for so long: others may, and hold its visitors for gone. Said once in that time. */
    boolean blindFor(Duration time) {
        boolean over = !hub.elsewhere().alone() && !looked.plus(time).isAfter(clock.now());
        looked = over ? clock.now() : looked;
        return over;
    }

    /** For how long nothing was heard of her, though it could have been. */
    private Duration silence(Object who) {
        Duration silent = hub.silence(who);
        Duration sight = Duration.between(sighted, clock.now());
        return silent.compareTo(sight) < 0 ? silent : sight;
    }

    private Attendance.Here here(List<Conversation> rows) {
        Set<TokenHash> visitors = rows.stream().map(Conversation::visitor).filter(hub::connected).collect(Collectors.toSet());
        return new Attendance.Here(visitors, hub.staffHere().stream().collect(Collectors.toMap(Function.identity(), hub::languagesHere)));
    }

    private static Set<StaffId> experts(List<Conversation> rows) {
        return rows.stream().flatMap(row -> row.seats().stream()).map(Claim::staff).collect(Collectors.toSet());
    }

    private Future<Void> look(List<Conversation> rows, Map<StaffId, Lease> leases) {
        List<Future<?>> acts = new ArrayList<>();
        Set<ClaimId> standing = new HashSet<>();
        for (Conversation row : rows) {
            row.seats().forEach(seat -> standing.add(seat.id()));
            tellPresence(row, leases);
            acts.add(act(row, leases));
        }
        claims.keySet().retainAll(standing);
        absences.keySet().removeIf(staff -> !leases.containsKey(staff) || !leases.get(staff).away().now());
        Set<Object> told = new HashSet<>(standing);
        rows.stream().filter(row -> row.claim().isPresent()).forEach(row -> told.add(row.visitor()));
        was.keySet().retainAll(told);
        hub.presence().forget();
        return Future.join(acts).mapEmpty();
    }

    private Future<?> act(Conversation row, Map<StaffId, Lease> leases) {
        Duration absent = silence(row.visitor());
        if (!row.facts().expiresAt().minus(policy.afterEnd()).isAfter(clock.now())) {
            return conversations.end(row, Why.EXPIRED);
        }
        if (absent.compareTo(row.state() == State.TALKING ? policy.talkGone() : policy.visitorGone()) >= 0) {
            return conversations.end(row, Why.GONE);
        }
        return Future.join(row.seats().stream().map(seat -> act(row, seat, Optional.ofNullable(leases.get(seat.staff())))).toList());
    }

    private Future<?> act(Conversation row, Claim claim, Optional<Lease> lease) {
        // Whoever wrote the lease does this as well; but it may have ended before.
        if (lease.filter(now -> !now.leaves(row)).isPresent()) {
            return desks.settle(lease.get(), row);
        }
        if (missed(row, claim)) {
            return conversations.missed(row.id(), claim.id(), hub.here(row.visitor()));
        }
        boolean vanished = lease.filter(now -> now.away().now()).map(this::awayTooLong).orElseGet(() -> silence(claim.staff()).compareTo(policy.expertVanished()) >= 0);
        return vanished ? conversations.vanished(row.id(), claim) : Future.succeededFuture();
    }

    /** Whether the time for her join is over. While the visitor is asked whether a guest may come, none runs. */
    private boolean missed(Conversation row, Claim seat) {
        boolean guest = row.guests(seat.id());
        if (guest && row.stage().filter(Stage.JOINING::equals).isEmpty()) {
            return false;
        }
        Instant since = claims.computeIfAbsent(seat.id(), fresh -> clock.now());
        Instant counted = since.isAfter(sighted) ? since : sighted;
        return (guest || row.state() != State.TALKING) && !counted.plus(policy.join()).isAfter(clock.now());
    }

    /** Counted by what this process saw, as all times here: another machine's clock is never compared with. */
    private boolean awayTooLong(Lease lease) {
        long times = lease.away().times();
        Absence absence = absences.compute(lease.staff(), (staff, known) -> known != null && known.times() == times ? known : new Absence(times, clock.now()));
        Instant counted = absence.since().isAfter(sighted) ? absence.since() : sighted;
        return !counted.plus(policy.expertAway()).isAfter(clock.now());
    }

    /** Each member hears of the lines of the others. */
    private void tellPresence(Conversation row, Map<StaffId, Lease> leases) {
        List<Claim> seats = row.seats();
        if (!seats.isEmpty() && turned(row.visitor(), hub.here(row.visitor()))) {
            seats.forEach(seat -> hub.of(seat.staff()).forEach(Link::refresh));
        }
        for (Claim seat : seats) {
            if (turned(seat.id(), Views.line(Optional.ofNullable(leases.get(seat.staff())), hub.here(seat.staff())))) {
                hub.of(row.visitor()).forEach(Link::refresh);
            }
        }
    }

    private boolean turned(Object who, Object line) {
        return !line.equals(was.put(who, line));
    }
}
