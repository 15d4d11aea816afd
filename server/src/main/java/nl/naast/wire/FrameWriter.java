package nl.naast.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import nl.naast.conversation.Envelope;
import nl.naast.conversation.EnvelopeId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Problem;
import nl.naast.wire.ServerFrame.Envelopes;
import nl.naast.wire.ServerFrame.Leased;

/** The JSON of each frame the server says, in the order of protocol.md. */
final class FrameWriter {
    private FrameWriter() {
    }

    /** The three that go with every message are put together by hand, from numbers and base64url that need no escape: as JsonObjects they cost more than all else that the event loop does for a message. */
    static String text(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Stored(int n, EnvelopeId id, long seq) -> "{\"t\":\"stored\",\"n\":" + n + ",\"id\":\"" + id.id().text() + "\",\"seq\":" + seq + "}";
            case ServerFrame.Acked(int n) -> "{\"t\":\"acked\",\"n\":" + n + "}";
            case ServerFrame.Pushed(Envelope envelope) -> "{\"t\":\"envelope\",\"conversation\":\"" + envelope.conversation().id().text() + "\",\"seq\":" + envelope.seq() + ",\"id\":\"" + envelope.id().id().text()
                + "\",\"from\":\"" + envelope.from().word() + "\",\"kind\":\"" + envelope.kind().word() + "\",\"body\":\"" + Base64Url.encode(envelope.body()) + "\"}";
            default -> json(frame).encode();
        };
    }

    static JsonObject json(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Ready ready -> of("ready").put("v", ServerFrame.VERSION).put("beat", ready.beatSeconds());
            case ServerFrame.Joined joined -> of("joined", joined.n()).put("view", joined.view().json());
            case ServerFrame.Left left -> of("left", left.n());
            case ServerFrame.Stored stored -> of("stored", stored.n()).put("id", stored.id().id().text()).put("seq", stored.seq());
            case Envelopes envelopes -> envelopes(envelopes);
            case ServerFrame.Acked acked -> of("acked", acked.n());
            case ServerFrame.Signalled signalled -> of("signalled", signalled.n());
            case ServerFrame.Pong pong -> of("pong", pong.n());
            case ServerFrame.Refused refused -> refused(refused);
            case Leased leased -> of("leased", leased.n()).put("fence", leased.fence()).put("beat", leased.beatSeconds()).put("slots", leased.slots()).put("view", leased.view().json());
            case ServerFrame.Noted noted -> of("noted", noted.n());
            case ServerFrame.Claimed claimed -> of("claimed", claimed.n()).put("conversation", claimed.conversation().id().text()).put("language", claimed.language());
            case ServerFrame.Nobody nobody -> of("nobody", nobody.n());
            case ServerFrame.Closed closed -> of("closed", closed.n());
            case ServerFrame.Released released -> of("released", released.n());
            case ServerFrame.Called called -> of("called", called.n());
            case ServerFrame.Answered answered -> of("answered", answered.n()).put("conversation", answered.conversation().id().text()).put("language", answered.language());
            case ServerFrame.Uncalled uncalled -> of("uncalled", uncalled.n());
            case ServerFrame.HandedOver over -> of("handed-over", over.n());
            case ServerFrame.Declined declined -> of("declined", declined.n());
            case ServerFrame.Pushed pushed -> envelope(of("envelope").put("conversation", pushed.envelope().conversation().id().text()), pushed.envelope());
            case ServerFrame.Hint hint -> of("hint").put("conversation", hint.conversation().id().text()).put("seq", hint.seq());
            case ServerFrame.Signal signal -> of("signal").put("conversation", signal.conversation().id().text()).put("body", Base64Url.encode(signal.body()));
            case ServerFrame.Beat beat -> of("beat");
            case ServerFrame.Reconnect reconnect -> of("reconnect").put("after", reconnect.afterMs());
            case ServerFrame.LeaseLost lost -> of("lease-lost");
            case ServerFrame.SignedOut out -> of("signed-out");
            case ServerFrame.SeenByVisitor seen -> seen.view().json();
            case ServerFrame.SeenByDesk seen -> seen.view().json();
            case ServerFrame.News news -> of("news").put("frames", new JsonArray(news.frames().stream().map(FrameWriter::json).toList()));
        };
    }

    private static JsonObject of(String type) {
        return new JsonObject().put("t", type);
    }

    private static JsonObject of(String type, int n) {
        return of(type).put("n", n);
    }

    private static JsonObject refused(ServerFrame.Refused refused) {
        JsonObject json = of("refused", refused.n()).put("code", refused.problem().code());
        return refused.problem() == Problem.UNSUPPORTED_VERSION ? json.put("versions", new JsonArray().add(ServerFrame.VERSION)) : json;
    }

    private static JsonObject envelopes(Envelopes envelopes) {
        JsonArray items = new JsonArray(envelopes.items().stream().map(each -> envelope(new JsonObject(), each)).toList());
        return of("envelopes", envelopes.n()).put("conversation", envelopes.conversation().id().text()).put("items", items).put("more", envelopes.more());
    }

    private static JsonObject envelope(JsonObject json, Envelope envelope) {
        return json.put("seq", envelope.seq()).put("id", envelope.id().id().text()).put("from", envelope.from().word()).put("kind", envelope.kind().word()).put("body", Base64Url.encode(envelope.body()));
    }
}
