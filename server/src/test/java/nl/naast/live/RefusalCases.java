package nl.naast.live;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.naast.house.Expert;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Problem;

/** Frames that are well-formed JSON of protocol.md and yet must be refused: each with the one code that §9 has for it. */
final class RefusalCases {
    /** States of protocol.md §7; {@code BARE}: an expert without a statement, and nobody. */
    enum Stage { WAITING, CLAIMED, JOINING, TALKING, ENDED, BARE }

    record Scene(Visitor visitor, Expert expert) {
        JsonObject hers(JsonObject frame) {
            return frame.put("n", 7).put("conversation", visitor.conversation);
        }
    }

    /** @param desk whether the expert says it, otherwise the visitor */
    record Case(String name, Stage stage, boolean desk, Function<Scene, JsonObject> frame, Problem expected) {
        @Override
        public String toString() {
            return (desk ? "desk" : "visitor") + ", " + stage + ": " + name + ": " + expected.code();
        }
    }

    private RefusalCases() {
    }

    static Stream<Case> all() {
        return Stream.of(outOfOrder(), stale(), over(), framing(false), framing(true), adds(), sizes(), desks(), guests(), oldFences()).flatMap(cases -> cases);
    }

    private static Case visitor(String name, Stage stage, Problem expected, Function<Scene, JsonObject> frame) {
        return new Case(name, stage, false, frame, expected);
    }

    private static Case desk(String name, Stage stage, Problem expected, Function<Scene, JsonObject> frame) {
        return new Case(name, stage, true, frame, expected);
    }

    private static Function<Scene, JsonObject> append(String kind, Function<Visitor, byte[]> body) {
        return scene -> scene.hers(Peer.frame("append").put("id", Peer.id()).put("kind", kind).put("body", Peer.bytes(body.apply(scene.visitor()))));
    }

    private static final Function<Scene, JsonObject> MESSAGE = append("message", v -> MlsBytes.message(v.group, v.epoch));
    private static final Function<Scene, JsonObject> COMMIT = append("commit", v -> MlsBytes.commit(v.group, v.epoch));
    private static final Function<Scene, JsonObject> ADD = append("add", v -> MlsBytes.add(v.group, v.epoch));
    private static final Function<Scene, JsonObject> CLOSE = scene -> scene.hers(Peer.frame("close"));

    private static Function<Scene, JsonObject> join(String conversation, String language, int first) {
        byte[] key = MlsBytes.random(65);
        key[0] = (byte) first;
        return scene -> Peer.frame("join").put("n", 7).put("conversation", conversation).put("language", language).put("consentKey", Peer.bytes(key));
    }

    private static Function<Scene, JsonObject> ack(long seq) {
        return scene -> scene.hers(Peer.frame("ack").put("seq", seq));
    }

    private static final Function<Scene, JsonObject> CALL = scene -> scene.hers(Peer.frame("call").put("call", Peer.id()).put("for", "transfer").put("warm", true));

    private static Function<Scene, JsonObject> guest(String type) {
        return scene -> scene.hers(Peer.frame(type).put("call", Peer.id()));
    }

    private static Function<Scene, JsonObject> answer(byte[] keyPackage) {
        return scene -> Peer.frame("answer").put("n", 7).put("call", Peer.id()).put("slot", 2).put("keyPackage", Peer.bytes(keyPackage));
    }

    private static Stream<Case> guests() {
        Stream<Case> early = Stream.of(Stage.CLAIMED, Stage.JOINING).flatMap(stage -> Stream.of(desk("call", stage, Problem.NOT_NOW, CALL), desk("hand-over", stage, Problem.NOT_NOW, guest("hand-over")), visitor("another", stage, Problem.NOT_NOW, scene -> scene.hers(Peer.frame("another")))));
        Stream<Case> late = Stream.of(desk("call", Stage.ENDED, Problem.CLOSED, CALL), desk("hand-over", Stage.ENDED, Problem.CLOSED, guest("hand-over")), desk("uncall", Stage.ENDED, Problem.CLOSED, guest("uncall")),
            visitor("another", Stage.ENDED, Problem.CLOSED, scene -> scene.hers(Peer.frame("another"))), visitor("decline", Stage.ENDED, Problem.CLOSED, guest("decline")));
        Stream<Case> talking = Stream.of(desk("hand-over without a guest", Stage.TALKING, Problem.NOT_NOW, guest("hand-over")), desk("an answer with a key package of suite 1", Stage.TALKING, Problem.MALFORMED, answer(MlsBytes.keyPackage(1))),
            desk("an answer with a key package of 4097 bytes", Stage.TALKING, Problem.TOO_LARGE, answer(Arrays.copyOf(MlsBytes.keyPackage(2), 4097))));
        return Stream.of(early, late, talking).flatMap(cases -> cases);
    }

    private static Stream<Case> outOfOrder() {
        return Stream.of(
            visitor("message", Stage.WAITING, Problem.NOT_NOW, MESSAGE), visitor("commit", Stage.WAITING, Problem.NOT_NOW, COMMIT), visitor("add", Stage.WAITING, Problem.NOT_NOW, ADD),
            visitor("another conversation", Stage.WAITING, Problem.NOT_NOW, join(Peer.id(), "nl", 4)),
            visitor("a language that is none of ours", Stage.BARE, Problem.MALFORMED, join(Peer.id(), "zz", 4)), visitor("a key that is no point", Stage.BARE, Problem.MALFORMED, join(Peer.id(), "nl", 5)),
            visitor("acks what there is not yet", Stage.WAITING, Problem.MALFORMED, ack(1)), visitor("acks what there is not yet", Stage.TALKING, Problem.MALFORMED, ack(3)),
            visitor("message", Stage.CLAIMED, Problem.NOT_NOW, MESSAGE), desk("message", Stage.CLAIMED, Problem.NOT_NOW, MESSAGE), desk("commit", Stage.CLAIMED, Problem.NOT_NOW, COMMIT),
            desk("acks what there is not yet", Stage.CLAIMED, Problem.MALFORMED, ack(1)),
            visitor("a second add", Stage.JOINING, Problem.NOT_NOW, ADD), desk("commit", Stage.JOINING, Problem.NOT_NOW, COMMIT),
            visitor("a second add", Stage.TALKING, Problem.NOT_NOW, ADD), desk("acks what there is not yet", Stage.TALKING, Problem.MALFORMED, ack(3)));
    }

    /** An older epoch, one to come, another group: messages and commits of both sides. */
    private static Stream<Case> stale() {
        Map<String, Function<Scene, JsonObject>> frames = new TreeMap<>();
        for (int by : new int[] {-1, 1}) {
            frames.put("message " + by + " epoch", append("message", v -> MlsBytes.message(v.group, v.epoch + by)));
            frames.put("commit " + by + " epoch", append("commit", v -> MlsBytes.commit(v.group, v.epoch + by)));
        }
        frames.put("message of another group", append("message", v -> MlsBytes.message(MlsBytes.random(16), v.epoch)));
        frames.put("commit of another group", append("commit", v -> MlsBytes.commit(MlsBytes.random(16), v.epoch)));
        return frames.entrySet().stream().flatMap(each -> Stream.of(visitor(each.getKey(), Stage.TALKING, Problem.STALE_EPOCH, each.getValue()), desk(each.getKey(), Stage.TALKING, Problem.STALE_EPOCH, each.getValue())));
    }

    private static Stream<Case> over() {
        return Stream.of(visitor("message", Stage.ENDED, Problem.CLOSED, MESSAGE), visitor("commit", Stage.ENDED, Problem.CLOSED, COMMIT), visitor("add", Stage.ENDED, Problem.CLOSED, ADD),
            desk("message", Stage.ENDED, Problem.CLOSED, MESSAGE), desk("release", Stage.ENDED, Problem.CLOSED, scene -> scene.hers(Peer.frame("release"))));
    }

    private static byte[] pm(Visitor v, int content, int aad, int ciphertext) {
        return MlsBytes.privateMessage(v.group, v.epoch, content, aad, 28, ciphertext);
    }

    private static byte[] changed(byte[] body, int at, int value) {
        body[at] = (byte) value;
        return body;
    }

    /** The length of the sender data in two bytes where one does. */
    private static byte[] longLength(byte[] body) {
        byte[] longer = new byte[body.length + 1];
        System.arraycopy(body, 0, longer, 0, 31);
        longer[31] = 0x40;
        System.arraycopy(body, 31, longer, 32, body.length - 31);
        return longer;
    }

    /** Everything that protocol.md §8 keeps out, right in all else. */
    private static Stream<Case> framing(boolean desk) {
        Map<String, Function<Scene, JsonObject>> frames = new TreeMap<>();
        Map.of("PublicMessage", 1, "Welcome", 3, "GroupInfo", 4, "KeyPackage", 5, "an unknown wire format", 6).forEach((name, format) -> {
            frames.put(name + " as message", append("message", v -> changed(MlsBytes.message(v.group, v.epoch), 3, format)));
            frames.put(name + " as commit", append("commit", v -> changed(MlsBytes.commit(v.group, v.epoch), 3, format)));
        });
        frames.put("another version", append("commit", v -> changed(MlsBytes.commit(v.group, v.epoch), 1, 2)));
        frames.put("a proposal", append("commit", v -> pm(v, 2, 0, 400)));
        frames.put("a commit as message", append("message", v -> MlsBytes.privateMessage(v.group, v.epoch, 3, 462)));
        frames.put("a message as commit", append("commit", v -> MlsBytes.message(v.group, v.epoch)));
        frames.put("authenticated data", append("commit", v -> pm(v, 3, 1, 400)));
        for (int size : List.of(461, 463, 1229, 1231, 4301, 4303)) {
            frames.put("a message of " + size + " bytes", append("message", v -> MlsBytes.privateMessage(v.group, v.epoch, 1, size)));
        }
        frames.put("a group id of 15 bytes", append("commit", v -> MlsBytes.commit(Arrays.copyOf(v.group, 15), v.epoch)));
        frames.put("a group id of 17 bytes", append("commit", v -> MlsBytes.commit(Arrays.copyOf(v.group, 17), v.epoch)));
        frames.put("an epoch above 2^53-1", append("commit", v -> MlsBytes.commit(v.group, 1L << 53)));
        frames.put("a byte behind it", append("commit", v -> Arrays.copyOf(MlsBytes.commit(v.group, v.epoch), 1301)));
        frames.put("a byte missing", append("commit", v -> Arrays.copyOf(MlsBytes.commit(v.group, v.epoch), 1299)));
        frames.put("a length longer than it need be", append("commit", v -> longLength(MlsBytes.commit(v.group, v.epoch))));
        frames.put("nothing", append("message", v -> new byte[0]));
        frames.put("a Welcome", append("commit", v -> MlsBytes.welcome(2)));
        return frames.entrySet().stream().map(each -> new Case(each.getKey(), Stage.TALKING, desk, each.getValue(), Problem.MALFORMED));
    }

    private static Stream<Case> adds() {
        Map<String, Function<Scene, JsonObject>> frames = new TreeMap<>();
        frames.put("of version 2", append("add", v -> MlsBytes.add(2, MlsBytes.commit(v.group, 0), MlsBytes.welcome(2), 0)));
        frames.put("with a KEM ciphertext", append("add", v -> MlsBytes.add(1, MlsBytes.commit(v.group, 0), MlsBytes.welcome(2), 1)));
        frames.put("with a Welcome of suite 1", append("add", v -> MlsBytes.add(1, MlsBytes.commit(v.group, 0), MlsBytes.welcome(1), 0)));
        frames.put("with a Welcome of suite 3", append("add", v -> MlsBytes.add(1, MlsBytes.commit(v.group, 0), MlsBytes.welcome(3), 0)));
        frames.put("with a message for its commit", append("add", v -> MlsBytes.add(1, MlsBytes.message(v.group, 0), MlsBytes.welcome(2), 0)));
        frames.put("with a commit for its Welcome", append("add", v -> MlsBytes.add(1, MlsBytes.commit(v.group, 0), MlsBytes.commit(v.group, 0), 0)));
        frames.put("with a byte behind it", append("add", v -> Arrays.copyOf(MlsBytes.add(v.group, 0), MlsBytes.add(v.group, 0).length + 1)));
        return frames.entrySet().stream().map(each -> visitor("an add " + each.getKey(), Stage.CLAIMED, Problem.MALFORMED, each.getValue()));
    }

    private static Stream<Case> sizes() {
        Function<Scene, JsonObject> large = append("commit", v -> MlsBytes.privateMessage(v.group, v.epoch, 3, 16_385));
        Function<Scene, JsonObject> signal = scene -> scene.hers(Peer.frame("signal").put("body", Peer.bytes(new byte[257])));
        Function<Scene, JsonObject> leave = scene -> scene.hers(Peer.frame("leave").put("quick", true).put("signal", Peer.bytes(new byte[257])));
        return Stream.of(visitor("a last signal one byte too large", Stage.TALKING, Problem.TOO_LARGE, leave), visitor("an envelope one byte too large", Stage.TALKING, Problem.TOO_LARGE, large), desk("an envelope one byte too large", Stage.TALKING, Problem.TOO_LARGE, large),
            visitor("a signal one byte too large", Stage.TALKING, Problem.TOO_LARGE, signal), desk("a signal one byte too large", Stage.TALKING, Problem.TOO_LARGE, signal));
    }

    private static Function<Scene, JsonObject> claim(int slot, byte[] keyPackage) {
        return scene -> Peer.frame("claim").put("n", 7).put("claim", Peer.id()).put("slot", slot).put("keyPackage", Peer.bytes(keyPackage));
    }

    private static Stream<Case> desks() {
        return Stream.of(
            desk("a claim without a statement", Stage.BARE, Problem.NOT_NOW, claim(1, MlsBytes.keyPackage(2))),
            desk("a claim for a slot that is taken", Stage.TALKING, Problem.LIMIT, claim(1, MlsBytes.keyPackage(2))),
            desk("a claim for slot 3", Stage.TALKING, Problem.MALFORMED, claim(3, MlsBytes.keyPackage(2))),
            desk("a key package of suite 1", Stage.TALKING, Problem.MALFORMED, claim(2, MlsBytes.keyPackage(1))),
            desk("a key package that is a message", Stage.TALKING, Problem.MALFORMED, claim(2, MlsBytes.message(new byte[16], 0))),
            desk("a key package of 4097 bytes", Stage.TALKING, Problem.TOO_LARGE, claim(2, Arrays.copyOf(MlsBytes.keyPackage(2), 4097))),
            desk("an add", Stage.TALKING, Problem.MALFORMED, ADD));
    }

    /** Each frame of a desk with the fence of the desk before it, and with one that nobody has yet. */
    private static Stream<Case> oldFences() {
        Map<String, Function<Scene, JsonObject>> frames = Map.of("available", scene -> Peer.frame("available").put("n", 7).put("yes", true), "away", scene -> Peer.frame("away").put("n", 7).put("yes", true), "claim", claim(2, MlsBytes.keyPackage(2)), "message", MESSAGE, "commit", COMMIT,
            "fetch", scene -> scene.hers(Peer.frame("fetch").put("after", 0).put("limit", 10)), "ack", ack(1), "signal", scene -> scene.hers(Peer.frame("signal").put("body", "AAAA")), "close", CLOSE,
            "release", scene -> scene.hers(Peer.frame("release")));
        frames = new TreeMap<>(frames);
        frames.putAll(Map.of("call", CALL, "answer", answer(MlsBytes.keyPackage(2)), "uncall", guest("uncall"), "hand-over", guest("hand-over")));
        return frames.entrySet().stream().flatMap(each -> Stream.of(-1, 1).map(by -> desk(each.getKey() + " with fence " + by, Stage.TALKING, Problem.LEASE_LOST,
            scene -> each.getValue().apply(scene).put("fence", scene.expert().fence + by))));
    }
}
