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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.ConversationModule;
import nl.naast.platform.Clock;

/**
 * Notices who is gone, and acts on it by conditional writes (protocol.md §7). Each process does so for all conversations, and the write settles whose act it is. It keeps only what it saw or was told itself, so
 * after a start everybody has the full time again; and it tells each side when the other's presence changed.
 */
final class Janitor {
    private final ConversationModule conversations;
    private final Hub hub;
    private final Clock clock;
    private final LivePolicy policy;
    private final Handler<List<Conversation>> missed;
    private final Map<ClaimId, Instant> claims = new HashMap<>();
    private final Map<Object, Boolean> wasHere = new HashMap<>();
    /** A look that takes longer than this saw nothing of what happened meanwhile. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    /** When it could be looked at all that is to be looked at. */
    private Instant looked;
    private boolean busy;
    private boolean blind;
    /** Since when the store answers without a break. Who could not be heard for its sake is not gone: she has the full time again from here. */
    private Instant sighted = Instant.EPOCH;

    /** @param missed is told of all open conversations each time, before anything is done about who is gone */
    Janitor(ConversationModule conversations, Hub hub, Clock clock, LivePolicy policy, Handler<List<Conversation>> missed) {
        this.missed = missed;
        this.conversations = conversations;
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
            .compose(rows -> hub.elsewhere().exchange(here(rows)).compose(told -> look(rows))).onComplete(done -> {
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

    private Future<Void> look(List<Conversation> rows) {
        List<Future<?>> acts = new ArrayList<>();
        Set<ClaimId> standing = new HashSet<>();
        for (Conversation row : rows) {
            row.claim().ifPresent(claim -> standing.add(claim.id()));
            tellPresence(row);
            acts.add(act(row));
        }
        claims.keySet().retainAll(standing);
        Set<Object> told = new HashSet<>(standing);
        rows.stream().filter(row -> row.claim().isPresent()).forEach(row -> told.add(row.visitor()));
        wasHere.keySet().retainAll(told);
        hub.presence().forget();
        return Future.join(acts).mapEmpty();
    }

    private Future<?> act(Conversation row) {
        Duration absent = silence(row.visitor());
        if (!row.facts().expiresAt().minus(policy.afterEnd()).isAfter(clock.now())) {
            return conversations.end(row, Why.EXPIRED);
        }
        if (absent.compareTo(row.state() == State.TALKING ? policy.talkGone() : policy.visitorGone()) >= 0) {
            return conversations.end(row, Why.GONE);
        }
        return row.claim().<Future<?>>map(claim -> act(row, claim)).orElse(Future.succeededFuture());
    }

    private Future<?> act(Conversation row, Claim claim) {
        Instant since = claims.computeIfAbsent(claim.id(), fresh -> clock.now());
        Instant counted = since.isAfter(sighted) ? since : sighted;
        boolean missed = row.state() != State.TALKING && !counted.plus(policy.join()).isAfter(clock.now());
        if (missed) {
            return conversations.missed(row.id(), claim.id(), hub.here(row.visitor()));
        }
        boolean vanished = silence(claim.staff()).compareTo(policy.expertVanished()) >= 0;
        return vanished ? conversations.release(row.id(), claim.id(), Again.VANISHED) : Future.succeededFuture();
    }

    private void tellPresence(Conversation row) {
        row.claim().ifPresent(claim -> {
            if (turned(row.visitor(), hub.here(row.visitor()))) {
                hub.of(claim.staff()).forEach(Link::refresh);
            }
            if (turned(claim.id(), hub.here(claim.staff()))) {
                hub.of(row.visitor()).forEach(Link::refresh);
            }
        });
    }

    private boolean turned(Object who, boolean here) {
        Boolean before = wasHere.put(who, here);
        return before == null || before != here;
    }
}
