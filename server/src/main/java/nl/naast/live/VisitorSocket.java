package nl.naast.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Optional;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.platform.Problem;
import nl.naast.platform.SecretBytes;
import nl.naast.wire.Act;
import nl.naast.wire.Parsed;
import nl.naast.wire.ServerFrame;
import nl.naast.wire.VisitorFrame;
import nl.naast.wire.VisitorView;

/** A visitor's socket: says hello with her capability, then speaks frames. */
final class VisitorSocket extends Socket implements VisitorLink {
    private static final Duration PING = Duration.ofSeconds(15);

    private final Live live;
    private final Reading reading = new Reading();
    private final Refresher<Views.Seen> refresher;
    private TokenHash who;
    private long rev = -1;
    private boolean waits;

    VisitorSocket(ServerWebSocket socket, Context context, Live live) {
        super(socket, context, live.clock(), live.policy(), live.watch(), PING);
        this.live = live;
        this.refresher = new Refresher<>(() -> live.views().visitor(who), seen -> show(seen.view()));
    }

    @Override
    void open() {
        super.open();
        live.hub().arrive(this);
    }

    @Override
    Future<ServerFrame> answer(String text) {
        return switch (live.frames().visitor(text)) {
            case Parsed.Bad<VisitorFrame>(int n, Problem problem) -> Future.succeededFuture(new ServerFrame.Refused(n, problem));
            case Parsed.Good<VisitorFrame>(VisitorFrame frame) -> who == null ? greet(frame) : speak(frame);
        };
    }

    private Future<ServerFrame> greet(VisitorFrame frame) {
        if (!(frame instanceof VisitorFrame.Hello(long version, SecretBytes capability))) {
            return Future.succeededFuture(new ServerFrame.Refused(frame.n(), Problem.MALFORMED));
        }
        if (version != ServerFrame.VERSION) {
            return Future.succeededFuture(new ServerFrame.Refused(0, Problem.UNSUPPORTED_VERSION));
        }
        try (capability) {
            who = TokenHash.ofCapability(live.wrap(), capability);
        }
        live.hub().add(who, this);
        live.hub().arrived(this);
        later(refresher::refresh);
        return Future.succeededFuture(new ServerFrame.Ready(policy.beatSeconds()));
    }

    private Future<ServerFrame> speak(VisitorFrame frame) {
        if (!live.rate().take(who.text())) {
            return Future.succeededFuture(new ServerFrame.Refused(frame.n(), Problem.TOO_FAST));
        }
        return live.dispatcher().visitor(who, frame).onSuccess(answer -> learn(frame, answer));
    }

    /** What its question and our answer say about how far it has read. */
    private void learn(VisitorFrame frame, ServerFrame answer) {
        switch (answer) {
            case ServerFrame.Joined joined -> {
                refresher.overtake();
                told(joined.view().rev(), joined.view().waits());
                if (joined.view().seq().filter(seq -> seq == 0).isPresent() && frame instanceof VisitorFrame.Join join) {
                    reading.at(join.conversation(), 0);
                }
            }
            case ServerFrame.Stored stored when frame instanceof VisitorFrame.Does(int n, Act act) -> reading.stored(act.conversation(), stored.seq());
            case ServerFrame.Envelopes page when frame instanceof VisitorFrame.Does(int n, Act.Fetch fetch) -> reading.fetched(fetch.conversation(), fetch.after(), page.items());
            default -> { }
        }
    }

    private void show(VisitorView view) {
        if (view.rev() != rev) {
            told(view.rev(), view.waits());
            say(new ServerFrame.SeenByVisitor(view));
        }
    }

    private void told(long rev, boolean waits) {
        this.rev = rev;
        this.waits = waits;
    }

    @Override
    public void changed(Notice.Changed change, Optional<Envelope> envelope) {
        later(() -> {
            change.news().flatMap(news -> reading.announced(change.conversation(), news, envelope, false)).ifPresent(this::say);
            if (change.moved()) {
                refresher.refresh();
            }
        });
    }

    @Override
    public void tick() {
        later(refresher::retry);
        super.tick();
    }

    @Override
    public void refresh() {
        if (greeted()) {
            later(refresher::refresh);
        }
    }

    @Override
    public void signal(ConversationId conversation, byte[] body) {
        later(() -> say(new ServerFrame.Signal(conversation, body)));
    }

    @Override
    public boolean waits() {
        return waits;
    }

    @Override
    boolean greeted() {
        return who != null;
    }

    @Override
    void alive() {
        if (who != null) {
            live.hub().presence().heard(who);
        }
    }

    @Override
    void gone() {
        live.hub().arrived(this);
        if (who != null) {
            live.hub().presence().heard(who);
            live.hub().remove(who, this);
        }
        live.sockets().release();
    }
}
