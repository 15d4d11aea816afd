package nl.naast.live;

import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Announcer;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.desk.DeskSignals;
import nl.naast.platform.Clock;

/**
 * Tells the connections of this process what was stored, with the envelope itself from memory. Made first, before the capabilities that announce and before those that listen: {@link #listen} joins them.
 */
public final class LiveAnnouncer implements Announcer, DeskSignals {
    /** How long changes of the line are gathered before everybody in it is told. */
    private static final long GATHER_MS = 150;

    private final Vertx vertx;
    private final Hub hub;
    private final Set<Consumer<Change>> listeners = new HashSet<>();
    private Runnable moved = () -> { };
    private Runnable deskMoved = () -> { };
    private boolean gathering;

    public LiveAnnouncer(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.hub = new Hub(new Presence(clock));
    }

    Hub hub() {
        return hub;
    }

    /** To be told of every change after the connections were; at start only. */
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
        if (change.moved()) {
            moved.run();
        }
        hub.of(change.after().visitor()).forEach(link -> link.changed(change));
        staff(change).forEach(staff -> hub.of(staff).forEach(link -> link.changed(change)));
        listeners.forEach(listener -> listener.accept(change));
        if (inLine(change)) {
            lineChanged();
        }
    }

    private static Set<StaffId> staff(Change change) {
        Set<StaffId> staff = new HashSet<>();
        change.before().flatMap(Conversation::claim).ifPresent(claim -> staff.add(claim.staff()));
        change.after().claim().ifPresent(claim -> staff.add(claim.staff()));
        return staff;
    }

    private static boolean inLine(Change change) {
        boolean was = change.before().map(Conversation::state).filter(state -> state == State.WAITING).isPresent();
        return was != (change.after().state() == State.WAITING);
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

    /** Relays a signal to those of the other side who are connected; nowhere kept. */
    void signal(Conversation row, boolean fromVisitor, byte[] body) {
        ConversationId id = row.id();
        if (fromVisitor) {
            row.claim().ifPresent(claim -> hub.of(claim.staff()).forEach(link -> link.signal(id, body)));
        } else {
            hub.of(row.visitor()).forEach(link -> link.signal(id, body));
        }
    }

    @Override
    public void leaseTaken(StaffId staff, long fence) {
        deskMoved.run();
        hub.of(staff).forEach(link -> link.leaseTaken(fence));
    }

    @Override
    public void signedOut(StaffId staff, Optional<TokenHash> session) {
        deskMoved.run();
        hub.of(staff).stream().filter(link -> session.map(link.session()::equals).orElse(true)).forEach(DeskLink::signedOut);
    }

    @Override
    public void changed(StaffId staff) {
        deskMoved.run();
        hub.of(staff).forEach(Link::refresh);
    }
}
