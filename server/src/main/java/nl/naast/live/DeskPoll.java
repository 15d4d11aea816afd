package nl.naast.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.naast.access.StaffSession;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Member;
import nl.naast.conversation.Page;
import nl.naast.platform.Outcome;
import nl.naast.wire.DeskView;
import nl.naast.wire.Poll;
import nl.naast.wire.ServerFrame;

/** A desk's held poll. */
final class DeskPoll extends Poller implements DeskLink {
    private final Live live;
    private final StaffSession session;
    private final Poll.OfDesk asked;

    DeskPoll(Context context, Live live, StaffSession session, Poll.OfDesk asked) {
        super(context);
        this.live = live;
        this.session = session;
        this.asked = asked;
    }

    @Override
    Future<List<ServerFrame>> look() {
        return live.views().desk(session).compose(view -> {
            List<ServerFrame> frames = new ArrayList<>();
            if (view.rev() != asked.rev()) {
                frames.add(new ServerFrame.SeenByDesk(view));
            }
            List<DeskView.Talk> behind = view.conversations().stream().filter(talk -> talk.row().log().seq() > after(talk.row())).toList();
            return Future.all(behind.stream().map(talk -> read(talk, frames)).toList()).map(frames);
        });
    }

    private long after(Conversation row) {
        return asked.after().getOrDefault(row.id().id(), 0L);
    }

    private Future<Void> read(DeskView.Talk talk, List<ServerFrame> frames) {
        Member her = new Member.OfDesk(session.who().id(), talk.seat().fence());
        return live.conversations().fetch(her, talk.row().id(), after(talk.row()), PAGE).map(outcome -> {
            if (outcome instanceof Outcome.Done<Page>(Page page)) {
                page.items().forEach(envelope -> frames.add(new ServerFrame.Pushed(envelope)));
            }
            return null;
        });
    }

    @Override
    public void leaseTaken(long fence) {
        later(() -> answer(List.of(new ServerFrame.LeaseLost())));
    }

    @Override
    public void signedOut() {
        later(() -> answer(List.of(new ServerFrame.SignedOut())));
    }

    /** Nothing to do: each poll is short, and the next one asks. */
    @Override
    public void askSession() {
        later(() -> answer(List.of()));
    }

    @Override
    public TokenHash session() {
        return session.token();
    }

    @Override
    public Set<String> languages() {
        return Desks.spoken(session);
    }
}
