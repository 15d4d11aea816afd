package nl.naast.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.EnvelopeId;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Kind;
import nl.naast.desk.DeskId;
import nl.naast.platform.Problem;
import nl.naast.platform.SecretBytes;

/** Reads what clients say, once, into types; strict as protocol.md §2: whatever is not described there is malformed. */
public final class FrameReader {
    private static final int CONSENT_KEY = 65;
    private static final int CAPABILITY = 32;
    private static final int MAX_PAGE = 100;

    private final int frameBytes;
    private final int signalBytes;

    /** @param frameBytes the most UTF-8 bytes of one frame, @param signalBytes the most bytes of one signal */
    public FrameReader(int frameBytes, int signalBytes) {
        this.frameBytes = frameBytes;
        this.signalBytes = signalBytes;
    }

    public Parsed<VisitorFrame> visitor(String text) {
        return read(text, this::visitor);
    }

    public Parsed<DeskFrame> desk(String text) {
        return read(text, this::desk);
    }

    public Parsed<Poll.OfVisitor> visitorPoll(String text) {
        return read(text, fields -> {
            Fields.expect(fields.text("t").equals("poll"));
            return new Poll.OfVisitor(fields.number("v", 1, Fields.MAX), fields.number("rev", 0, Fields.MAX), fields.number("after", 0, Fields.MAX));
        });
    }

    public Parsed<Poll.OfDesk> deskPoll(String text) {
        return read(text, fields -> {
            Fields.expect(fields.text("t").equals("poll"));
            return new Poll.OfDesk(fields.number("v", 1, Fields.MAX), fields.number("rev", 0, Fields.MAX), fields.cursors("after"));
        });
    }

    private <F> Parsed<F> read(String text, Function<Fields, F> reader) {
        // A text of n characters has at least n bytes: the bytes are only counted when they may fit.
        if (text.length() > frameBytes || text.getBytes(StandardCharsets.UTF_8).length > frameBytes) {
            return new Parsed.Bad<>(0, Problem.TOO_LARGE);
        }
        int n = 0;
        try {
            Fields fields = Fields.read(text);
            n = fields.nOrZero();
            F frame = reader.apply(fields);
            fields.end();
            return new Parsed.Good<>(frame);
        } catch (Fields.Malformed malformed) {
            return new Parsed.Bad<>(n, Problem.MALFORMED);
        } catch (TooLarge tooLarge) {
            return new Parsed.Bad<>(n, Problem.TOO_LARGE);
        }
    }

    private VisitorFrame visitor(Fields in) {
        return switch (in.text("t")) {
            case "hello" -> new VisitorFrame.Hello(in.number("v", 1, Fields.MAX), SecretBytes.take(in.bytes("capability", CAPABILITY)));
            case "join" -> new VisitorFrame.Join(in.n(), conversation(in), in.language("language"), in.bytes("consentKey", CONSENT_KEY));
            case "leave" -> new VisitorFrame.Leave(in.n(), conversation(in), in.yes("quick"), in.has("signal") ? Optional.of(signal(in, "signal")) : Optional.empty());
            case "append" -> new VisitorFrame.Does(in.n(), append(in, true));
            case "fetch" -> new VisitorFrame.Does(in.n(), fetch(in));
            case "ack" -> new VisitorFrame.Does(in.n(), new Act.Ack(conversation(in), in.number("seq", 0, Fields.MAX)));
            case "signal" -> new VisitorFrame.Does(in.n(), new Act.Signal(conversation(in), signal(in, "body")));
            case "decline" -> new VisitorFrame.Decline(in.n(), conversation(in), call(in));
            case "another" -> new VisitorFrame.Another(in.n(), conversation(in));
            case "ping" -> new VisitorFrame.Ping(in.n());
            default -> throw Fields.Malformed.INSTANCE;
        };
    }

    private DeskFrame desk(Fields in) {
        return switch (in.text("t")) {
            case "lease" -> new DeskFrame.Take(in.n(), in.number("v", 1, Fields.MAX), new DeskId(in.id("desk")));
            case "available" -> new DeskFrame.Available(in.n(), fence(in), in.yes("yes"));
            case "away" -> new DeskFrame.Away(in.n(), fence(in), in.yes("yes"));
            case "claim" -> new DeskFrame.Claim(in.n(), fence(in), new ClaimId(in.id("claim")), (int) in.number("slot", 1, 2), in.bytes("keyPackage"));
            case "append" -> new DeskFrame.Does(in.n(), fence(in), append(in, false));
            case "fetch" -> new DeskFrame.Does(in.n(), fence(in), fetch(in));
            case "ack" -> new DeskFrame.Does(in.n(), fence(in), new Act.Ack(conversation(in), in.number("seq", 0, Fields.MAX)));
            case "signal" -> new DeskFrame.Does(in.n(), fence(in), new Act.Signal(conversation(in), signal(in, "body")));
            case "close" -> new DeskFrame.Close(in.n(), fence(in), conversation(in));
            case "release" -> new DeskFrame.Release(in.n(), fence(in), conversation(in), in.has("again") && in.yes("again"));
            case "call" -> new DeskFrame.Call(in.n(), fence(in), conversation(in), call(in), Guest.Purpose.parse(in.text("for")).orElseThrow(() -> Fields.Malformed.INSTANCE), in.yes("warm"));
            case "answer" -> new DeskFrame.Answer(in.n(), fence(in), call(in), (int) in.number("slot", 1, 2), in.bytes("keyPackage"));
            case "uncall" -> new DeskFrame.Uncall(in.n(), fence(in), conversation(in), call(in));
            case "hand-over" -> new DeskFrame.HandOver(in.n(), fence(in), conversation(in), call(in));
            case "ping" -> new DeskFrame.Ping(in.n());
            default -> throw Fields.Malformed.INSTANCE;
        };
    }

    private static Act append(Fields in, boolean mayAdd) {
        ConversationId conversation = conversation(in);
        EnvelopeId id = new EnvelopeId(in.id("id"));
        Kind kind = switch (in.text("kind")) {
            case "message" -> Kind.MESSAGE;
            case "commit" -> Kind.COMMIT;
            case "add" -> {
                Fields.expect(mayAdd);
                yield Kind.ADD;
            }
            default -> throw Fields.Malformed.INSTANCE;
        };
        return new Act.Append(conversation, id, kind, in.bytes("body"));
    }

    private static Act fetch(Fields in) {
        return new Act.Fetch(conversation(in), in.number("after", 0, Fields.MAX), (int) in.number("limit", 1, MAX_PAGE));
    }

    private byte[] signal(Fields in, String field) {
        byte[] body = in.bytes(field);
        if (body.length > signalBytes) {
            throw TooLarge.INSTANCE;
        }
        return body;
    }

    private static ConversationId conversation(Fields in) {
        return new ConversationId(in.id("conversation"));
    }

    private static ClaimId call(Fields in) {
        return new ClaimId(in.id("call"));
    }

    private static long fence(Fields in) {
        return in.number("fence", 1, Fields.MAX);
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final TooLarge INSTANCE = new TooLarge();

        private TooLarge() {
            super(null, null, false, false);
        }
    }
}
