package nl.naast.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.live.Attendance.Here;
import nl.naast.platform.Id16;

/** Who is connected to one process, as the bytes that are sealed. */
final class HereCodec {
    /** Some ninety visitors: how long it is tells how many are there to that, and not which languages an expert speaks. */
    private static final int PAGE = 4096;

    private HereCodec() {
    }

    static byte[] encode(Here here) {
        JsonObject desks = new JsonObject();
        here.desks().forEach((staff, languages) -> desks.put(staff.id().text(), new JsonArray(languages.stream().sorted().toList())));
        return Padded.to(PAGE, new JsonObject().put("visitors", new JsonArray(here.visitors().stream().map(TokenHash::text).toList())).put("desks", desks));
    }

    static Here decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        Set<TokenHash> visitors = json.getJsonArray("visitors").stream().map(each -> new TokenHash((String) each)).collect(Collectors.toSet());
        Map<StaffId, Set<String>> desks = json.getJsonObject("desks").stream()
            .collect(Collectors.toMap(desk -> new StaffId(new Id16(desk.getKey())), desk -> ((JsonArray) desk.getValue()).stream().map(String.class::cast).collect(Collectors.toSet())));
        return new Here(visitors, desks);
    }
}
