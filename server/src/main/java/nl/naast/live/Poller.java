package nl.naast.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.wire.ServerFrame;
import nl.naast.wire.ServerFrame.News;

/**
 * One held poll of either side: looks, and when there is nothing new waits until something happens, then looks again. Answers once. Its fields belong to the request's own context.
 */
abstract class Poller implements Link {
    /** How much one answer holds; the rest comes with the next poll. */
    static final int PAGE = 20;

    private final Context context;
    private final Promise<ServerFrame> answer = Promise.promise();
    private boolean looking;
    private boolean again;

    Poller(Context context) {
        this.context = context;
    }

    /** @return what is new; fails when it cannot be read */
    abstract Future<List<ServerFrame>> look();

    Future<ServerFrame> hold(io.vertx.core.Vertx vertx, long holdMs) {
        long timer = vertx.setTimer(holdMs, done -> later(() -> answer(List.of())));
        later(this::lookNow);
        return answer.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void lookNow() {
        if (looking) {
            again = true;
            return;
        }
        looking = true;
        look().onComplete(found -> {
            looking = false;
            if (found.failed()) {
                answer.tryFail(found.cause());
            } else if (!found.result().isEmpty()) {
                answer(found.result());
            } else if (again) {
                again = false;
                lookNow();
            }
        });
    }

    void answer(List<ServerFrame> frames) {
        answer.tryComplete(new News(new ArrayList<>(frames)));
    }

    void later(Runnable what) {
        context.runOnContext(now -> what.run());
    }

    @Override
    public void changed(Notice.Changed change, Optional<Envelope> envelope) {
        later(this::lookNow);
    }

    @Override
    public void refresh() {
        later(this::lookNow);
    }

    @Override
    public void signal(ConversationId conversation, byte[] body) {
        later(() -> answer(List.of(new ServerFrame.Signal(conversation, body))));
    }

    @Override
    public void reconnect(int afterMs) {
        later(() -> answer(List.of(new ServerFrame.Reconnect(afterMs))));
    }

    @Override
    public void replaced() {
        later(() -> answer(List.of()));
    }

    @Override
    public void tick() {
        // The timer ends it.
    }
}
