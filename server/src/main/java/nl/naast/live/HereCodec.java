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
    private HereCodec() {
    }

    static byte[] encode(Here here) {
        JsonObject desks = new JsonObject();
        here.desks().forEach((staff, languages) -> desks.put(staff.id().text(), new JsonArray(languages.stream().sorted().toList())));
        return new JsonObject().put("visitors", new JsonArray(here.visitors().stream().map(TokenHash::text).toList())).put("desks", desks).toBuffer().getBytes();
    }

    static Here decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        Set<TokenHash> visitors = json.getJsonArray("visitors").stream().map(each -> new TokenHash((String) each)).collect(Collectors.toSet());
        Map<StaffId, Set<String>> desks = json.getJsonObject("desks").stream()
            .collect(Collectors.toMap(desk -> new StaffId(new Id16(desk.getKey())), desk -> ((JsonArray) desk.getValue()).stream().map(String.class::cast).collect(Collectors.toSet())));
        return new Here(visitors, desks);
    }
}
