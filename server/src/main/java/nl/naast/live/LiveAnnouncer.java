package nl.naast.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Announcer;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Envelope;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Party;
import nl.naast.desk.DeskSignals;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/**
 * Tells the connections of this process what was stored, with the envelope itself from memory, and the other processes that something was. Made first, before the capabilities that announce and before those that listen:
 * {@link #listen} joins them.
 */
public final class LiveAnnouncer implements Announcer, DeskSignals {
    /** How long changes of the line are gathered before everybody in it is told. */
    private static final long GATHER_MS = 150;

    private final Vertx vertx;
    private final Hub hub;
    private final Attendance attendance;
    private final Optional<Neighbours> neighbours;
    private final CatchUp caughtUp = new CatchUp();
    private final Set<Consumer<Change>> listeners = new HashSet<>();
    private Runnable moved = () -> { };
    private Runnable deskMoved = () -> { };
    private boolean gathering;

    /** @param several whether other processes are to be told, over the event bus */
    public LiveAnnouncer(Vertx vertx, Store store, Wrap wrap, Clock clock, boolean several) {
        this.vertx = vertx;
        this.attendance = Attendance.of(store, wrap, clock);
        this.hub = new Hub(new Presence(clock), new Elsewhere(attendance, clock));
        this.neighbours = several ? Optional.of(new Neighbours(vertx, wrap)) : Optional.empty();
    }

    List<Purge> purges() {
        return attendance.purges();
    }

    Hub hub() {
        return hub;
    }

    /** Begins to hear the other processes. @return when they know of this one */
    Future<Void> hear() {
        return neighbours.map(others -> others.listen(this::heard)).orElse(Future.succeededFuture());
    }

    /** To be told of every change that this process made, after the connections were; at start only. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** To be called when a change moved a visitor, and when a desk changed, before the connections are told; at start only. */
    void before(Runnable moved, Runnable deskMoved) {
        this.moved = moved;
        this.deskMoved = deskMoved;
    }

    @Override
    public void announce(Change change) {
        Notice.Changed notice = Notice.Changed.of(change);
        tell(notice, change.envelope());
        listeners.forEach(listener -> listener.accept(change));
        pass(notice);
    }

    private void everywhere(Notice notice) {
        tell(notice);
        pass(notice);
    }

    private void pass(Notice notice) {
        neighbours.ifPresent(others -> others.tell(notice));
    }

    /** To the connections of this process. */
    private void tell(Notice notice) {
        switch (notice) {
            case Notice.Changed changed -> tell(changed, Optional.empty());
            case Notice.ToVisitor signal -> hub.of(signal.visitor()).forEach(link -> link.signal(signal.conversation(), signal.body()));
            case Notice.ToDesk signal -> hub.of(signal.staff()).forEach(link -> link.signal(signal.conversation(), signal.body()));
            case Notice.LeaseTaken(StaffId staff, long fence) -> ofDesk(staff, link -> link.leaseTaken(fence));
            case Notice.SignedOut(StaffId staff, Optional<TokenHash> session) -> ofSession(staff, session, DeskLink::signedOut);
            case Notice.DeskMoved(StaffId staff) -> ofDesk(staff, Link::refresh);
        }
    }

    /** What another process told may have been said again by whoever is in that network: nothing is ended by it that the store does not end. */
    private void heard(Notice notice) {
        if (notice instanceof Notice.SignedOut(StaffId staff, Optional<TokenHash> session)) {
            ofSession(staff, session, DeskLink::askSession);
        } else {
            tell(notice);
        }
    }

    private void ofSession(StaffId staff, Optional<TokenHash> session, Consumer<DeskLink> what) {
        ofDesk(staff, link -> {
            if (session.map(link.session()::equals).orElse(true)) {
                what.accept(link);
            }
        });
    }

    private void ofDesk(StaffId staff, Consumer<DeskLink> what) {
        deskMoved.run();
        hub.of(staff).forEach(what);
    }

    private void tell(Notice.Changed changed, Optional<Envelope> envelope) {
        if (!hub.elsewhere().alone()) {
            caughtUp.telling(changed);
        }
        if (changed.moved()) {
            moved.run();
        }
        hub.of(changed.visitor()).forEach(link -> link.changed(changed, envelope));
        changed.staff().forEach(staff -> hub.of(staff).forEach(link -> link.changed(changed, envelope)));
        if (changed.line()) {
            lineChanged();
        }
    }

    private synchronized void lineChanged() {
        if (!gathering) {
            gathering = true;
            vertx.setTimer(GATHER_MS, timer -> tellLine());
        }
    }

    private void tellLine() {
        synchronized (this) {
            gathering = false;
        }
        hub.visitors().stream().filter(VisitorLink::waits).forEach(Link::refresh);
        hub.desks().forEach(Link::refresh);
    }

    /** Where several processes serve one database: tells what nobody told. @param open all conversations that have not ended, as read just now */
    void catchUp(List<Conversation> open) {
        if (hub.elsewhere().alone()) {
            return;
        }
        CatchUp.Missed missed = caughtUp.missed(open);
        missed.changes().forEach(this::tell);
        missed.visitors().forEach(visitor -> hub.of(visitor).forEach(Link::refresh));
        missed.staff().forEach(staff -> hub.of(staff).forEach(Link::refresh));
    }

    /** Relays a signal to the other members who are connected; nowhere kept. */
    void signal(Conversation row, Party from, byte[] body) {
        if (from != Party.VISITOR) {
            everywhere(new Notice.ToVisitor(row.visitor(), row.id(), body));
        }
        if (from != Party.EXPERT) {
            row.claim().ifPresent(claim -> everywhere(new Notice.ToDesk(claim.staff(), row.id(), body)));
        }
        if (from != Party.GUEST && row.guestJoined()) {
            row.guest().flatMap(Guest::seat).ifPresent(seat -> everywhere(new Notice.ToDesk(seat.staff(), row.id(), body)));
        }
    }

    @Override
    public void leaseTaken(StaffId staff, long fence) {
        everywhere(new Notice.LeaseTaken(staff, fence));
    }

    @Override
    public void signedOut(StaffId staff, Optional<TokenHash> session) {
        everywhere(new Notice.SignedOut(staff, session));
    }

    @Override
    public void changed(StaffId staff) {
        everywhere(new Notice.DeskMoved(staff));
    }
}
