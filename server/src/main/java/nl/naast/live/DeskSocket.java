package nl.naast.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffSessions;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.platform.Problem;
import nl.naast.wire.Act;
import nl.naast.wire.DeskFrame;
import nl.naast.wire.DeskView;
import nl.naast.wire.Parsed;
import nl.naast.wire.ServerFrame;

/** A desk's socket: its session came with the upgrade; takes the lease, then speaks frames. */
final class DeskSocket extends Socket implements DeskLink {
    /** Often enough to notice within seconds that a desk is gone, also when its browser slows its timers down. */
    private static final Duration PING = Duration.ofSeconds(5);

    /** A session that ended elsewhere is noticed here after so many seconds at the latest, also when nobody told us. */
    private static final int ASK_AGAIN_TICKS = 3;

    private final Live live;
    private final StaffSessions sessions;
    private final StaffSession session;
    private final Reading reading = new Reading();
    private final Refresher<DeskView> refresher;
    private long fence;
    private long newest;
    private long rev = -1;
    private int ticks;
    private int unanswered;

    DeskSocket(ServerWebSocket socket, Context context, Live live, StaffSessions sessions, StaffSession session) {
        super(socket, context, live.clock(), live.policy(), live.watch(), PING);
        this.live = live;
        this.sessions = sessions;
        this.session = session;
        this.refresher = new Refresher<>(() -> live.views().desk(session), this::show);
    }

    private StaffId staff() {
        return session.who().id();
    }

    @Override
    void open() {
        super.open();
        live.hub().add(staff(), this);
    }

    @Override
    Future<ServerFrame> answer(String text) {
        return switch (live.frames().desk(text)) {
            case Parsed.Bad<DeskFrame>(int n, Problem problem) -> Future.succeededFuture(new ServerFrame.Refused(n, problem));
            case Parsed.Good<DeskFrame>(DeskFrame frame) -> !greeted() && !(frame instanceof DeskFrame.Take) ? Future.succeededFuture(new ServerFrame.Refused(frame.n(), Problem.MALFORMED)) : speak(frame);
        };
    }

    private Future<ServerFrame> speak(DeskFrame frame) {
        if (!live.rate().take(staff().id().text())) {
            return Future.succeededFuture(new ServerFrame.Refused(frame.n(), Problem.TOO_FAST));
        }
        return live.dispatcher().desk(session, frame).onSuccess(answer -> learn(frame, answer));
    }

    private void learn(DeskFrame frame, ServerFrame answer) {
        switch (answer) {
            case ServerFrame.Leased leased -> {
                refresher.overtake();
                fence = leased.fence();
                rev = leased.view().rev();
                leaseTaken(newest);
            }
            case ServerFrame.Stored stored when frame instanceof DeskFrame.Does(int n, long f, Act act) -> reading.stored(act.conversation(), stored.seq());
            case ServerFrame.Envelopes page when frame instanceof DeskFrame.Does(int n, long f, Act.Fetch fetch) -> reading.fetched(fetch.conversation(), fetch.after(), page.items());
            default -> { }
        }
    }

    private void show(DeskView view) {
        if (view.rev() != rev && greeted()) {
            rev = view.rev();
            say(new ServerFrame.SeenByDesk(view));
        }
    }

    @Override
    public void changed(Notice.Changed change, Optional<Envelope> envelope) {
        later(() -> {
            change.news().flatMap(news -> hers(change, news).flatMap(desk -> reading.announced(change.conversation(), news, envelope, desk.fromSeq() == news.seq()))).ifPresent(this::say);
            if (change.moved()) {
                refresher.refresh();
            }
        });
    }

    /** Only what this very desk may read: not what a conversation said before it came in. */
    private Optional<Notice.Desk> hers(Notice.Changed change, Notice.News news) {
        return greeted() ? change.desks().stream().filter(desk -> desk.staff().equals(staff()) && desk.fence() == fence && desk.fromSeq() > 0 && news.seq() >= desk.fromSeq()).findFirst() : Optional.empty();
    }

    @Override
    public void refresh() {
        later(refresher::refresh);
    }

    @Override
    public void signal(ConversationId conversation, byte[] body) {
        later(() -> say(new ServerFrame.Signal(conversation, body)));
    }

    @Override
    public void leaseTaken(long taken) {
        later(() -> {
            newest = Math.max(newest, taken);
            if (greeted() && fence < newest) {
                say(new ServerFrame.LeaseLost());
                close(4001);
            }
        });
    }

    @Override
    public void signedOut() {
        later(() -> {
            say(new ServerFrame.SignedOut());
            close(4003);
        });
    }

    @Override
    public TokenHash session() {
        return session.token();
    }

    @Override
    public Set<String> languages() {
        return Desks.spoken(session);
    }

    @Override
    public void tick() {
        later(() -> {
            refresher.retry();
            if (++ticks % ASK_AGAIN_TICKS == 0) {
                askAgain();
            }
        });
        super.tick();
    }

    @Override
    public void askSession() {
        later(this::askAgain);
    }

    /** Not knowing is no leave to go on: twice without an answer, and the desk has to come back. */
    private void askAgain() {
        unanswered++;
        if (unanswered > 2) {
            close(4008);
            return;
        }
        sessions.still(session.token()).onSuccess(found -> {
            unanswered = 0;
            if (found.isEmpty()) {
                signedOut();
            }
        });
    }

    @Override
    boolean greeted() {
        return fence > 0;
    }

    @Override
    void alive() {
        live.hub().presence().heard(staff());
    }

    @Override
    void gone() {
        live.hub().presence().heard(staff());
        live.hub().remove(staff(), this);
        live.deskSockets().release();
    }
}
