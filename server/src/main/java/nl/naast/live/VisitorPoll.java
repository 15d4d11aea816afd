package nl.naast.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Member;
import nl.naast.conversation.Page;
import nl.naast.platform.Outcome;
import nl.naast.wire.Poll;
import nl.naast.wire.ServerFrame;

/** A visitor's held poll. */
final class VisitorPoll extends Poller implements VisitorLink {
    private final Live live;
    private final TokenHash who;
    private final Poll.OfVisitor asked;

    VisitorPoll(Context context, Live live, TokenHash who, Poll.OfVisitor asked) {
        super(context);
        this.live = live;
        this.who = who;
        this.asked = asked;
    }

    @Override
    Future<List<ServerFrame>> look() {
        return live.views().visitor(who).compose(seen -> {
            List<ServerFrame> frames = new ArrayList<>();
            if (seen.view().rev() != asked.rev()) {
                frames.add(new ServerFrame.SeenByVisitor(seen.view()));
            }
            boolean more = seen.row().map(row -> row.log().seq() > asked.after()).orElse(false);
            return more ? read(seen.row().orElseThrow(), frames) : Future.succeededFuture(frames);
        });
    }

    private Future<List<ServerFrame>> read(Conversation row, List<ServerFrame> frames) {
        return live.conversations().fetch(new Member.OfVisitor(who), row.id(), asked.after(), PAGE).map(outcome -> {
            if (outcome instanceof Outcome.Done<Page>(Page page)) {
                page.items().forEach(envelope -> frames.add(new ServerFrame.Pushed(envelope)));
            }
            return frames;
        });
    }

    @Override
    public boolean waits() {
        return true;
    }
}
