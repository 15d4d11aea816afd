package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.abuse.AbuseModule;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Policy;
import nl.naast.desk.DeskModule;
import nl.naast.live.LiveAnnouncer;
import nl.naast.live.LiveModule;
import nl.naast.live.LivePolicy;
import nl.naast.metrics.MetricsModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;
import nl.naast.queue.Proofs;
import nl.naast.queue.QueueModule;
import nl.naast.queue.QueuePolicy;
import nl.naast.trust.Displaced;
import nl.naast.trust.TrustModule;

/** The capabilities that carry a conversation, each made once, top-down: conversation, desk, queue, live. */
final class Talks {
    /** docs/retention.md, as the two after it. */
    static final Duration OPEN_LIFE = Duration.ofDays(30);
    static final Duration LEASE_KEPT = Duration.ofDays(90);
    static final Duration WAITS_KEPT = Duration.ofDays(7);
    /** So many times the joins of a second may come in one moment: many open the page together, and those whose answer was lost ask again. */
    private static final int JOIN_BURST = 5;
    private static final int BEAT_SECONDS = 20;

    private final ConversationModule conversations;
    private final DeskModule desks;
    private final QueueModule queue;
    private final LiveModule live;
    private final LiveAnnouncer announcer;

    Talks(Vertx vertx, Store store, Wrap wrap, Clock clock, Settings settings, StaffHouse house) {
        Settings.Limits limits = settings.limits();
        Settings.Times times = settings.times();
        Proofs proofs = proofs(house.trust());
        AbuseModule abuse = new AbuseModule(clock);
        this.announcer = new LiveAnnouncer(vertx, store, wrap, clock, settings.several().isPresent());
        this.conversations = new ConversationModule(store, wrap, clock, new Policy(times.envelopeLife(), OPEN_LIFE, times.factsAfterEnd(), limits.envelopeBytes(), limits.unacknowledged()), announcer);
        this.desks = new DeskModule(store, wrap, clock, LEASE_KEPT, conversations, announcer, house.staff().sessions());
        QueuePolicy line = new QueuePolicy(settings.languages(), limits.waiting(), limits.conversations(), limits.deskSlots(), limits.keyPackageBytes(), OPEN_LIFE, times.factsAfterEnd(), WAITS_KEPT);
        this.queue = new QueueModule(store, wrap, clock, line, abuse.rateLimit(limits.joins(), JOIN_BURST * limits.joins()), conversations, desks, proofs, house::ready, announcer);
        LivePolicy policy = new LivePolicy(limits.frameBytes(), limits.signalBytes(), BEAT_SECONDS, limits.deskSlots(), limits.sockets(), times.pollHold(), times.visitorGone(), times.talkGone(), times.join(),
            times.expertVanished(), times.expertAway(), times.factsAfterEnd());
        this.live = new LiveModule(vertx, announcer, conversations, queue, desks, proofs, abuse.rateLimit(limits.rate(), limits.burst()), wrap, clock, policy);
    }

    private static Proofs proofs(TrustModule trust) {
        return new Proofs() {
            @Override
            public Future<Optional<Proof>> proofOf(StaffId staff) {
                return trust.proofOf(staff).map(found -> found.map(proof -> new Proof(proof.statement(), proof.roster(), proof.revocations())));
            }

            @Override
            public Future<Optional<Proof>> proofOfCoordinator(StaffId staff) {
                return trust.proofOfCoordinator(staff).map(found -> found.map(proof -> new Proof(proof.statement(), proof.roster(), proof.revocations())));
            }

            @Override
            public Future<Papers> papers() {
                return trust.papers().map(all -> new Papers(all.change(), all.roster(), all.revocations(), all.believed()::contains, all.revoked()::contains, all.coordinators()::contains));
            }
        };
    }

    /** How the desks give way to a newer statement, or to none. */
    Displaced displaced() {
        return new Displaced() {
            @Override
            public Future<Void> overtaken(StaffId who, TokenHash by) {
                return desks.overtaken(who, by);
            }

            @Override
            public Future<Void> stopped(StaffId who, boolean revoked) {
                return desks.disown(who, revoked ? Again.REVOKED : Again.RELEASED);
            }
        };
    }

    ConversationModule conversations() {
        return conversations;
    }

    /** Whoever counts: told of every change that this process stored, and of refusals. */
    void watch(MetricsModule metrics) {
        announcer.listen(metrics::changed);
        live.watch(metrics.watch());
    }

    LiveModule live() {
        return live;
    }

    DeskModule desks() {
        return desks;
    }

    List<Purge> purges() {
        return Stream.of(conversations.purges(), desks.purges(), queue.purges(), live.purges()).flatMap(List::stream).toList();
    }

    /** Sockets are told to come back elsewhere and finish what they asked for. */
    Future<Void> drain(Duration atMost) {
        return live.drain(atMost);
    }
}
