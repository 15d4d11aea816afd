package nl.naast.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.naast.access.Role;
import nl.naast.audit.AuditEvent;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.MovableClock;
import nl.naast.house.Peer;
import nl.naast.house.PolicyTables;
import nl.naast.house.PolicyTables.Column;
import nl.naast.house.Visitor;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What really lies in the columns has the form that docs/retention.md publishes; no exact time lies in clear")
class StoredFormTest {
    private static final Set<String> STATES = Set.of("WAITING", "CLAIMED", "JOINING", "TALKING", "ENDED", "active", "suspended", "open", "used", "withdrawn", "locked", "valid", "asked", "done", "audit");
    /** Far above any counter of a test, far below any time as a number: a day's number is about 20,000, minutes since 1970 are 29 million. */
    private static final long NO_TIME = 1_000;

    private final MovableClock clock = new MovableClock();
    private final Set<String> looked = new TreeSet<>();

    // seen failing: with waitingSince in the arrival column, with the language in clear in language_tag, with the guest's id in guest_tag, and with sealed left unsealed in SqliteWaits.add
    @Test
    @DisplayName("conversations, envelopes, waits, leases, the audit trail")
    void talks(@TempDir Path directory) throws Exception {
        Vertx vertx = Vertx.vertx();
        WebSocketClient client = vertx.createWebSocketClient();
        try (House house = House.open(vertx, directory, clock, new House.Rules())) {
            Visitor visitor = Visitor.at(house, client);
            visitor.join("nl");
            Visitor.at(house, client).join("ar");
            look(house.sqlite());
            Expert expert = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
            expert.claim(1);
            visitor.add();
            expert.ack(visitor.conversation, 1);
            visitor.message();
            guest(house, client, visitor, expert);
            House.await(house.audit.trail().add(new AuditEvent.Deed(Optional.empty(), "tested", Optional.empty())));
            look(house.sqlite());
            visitor.leave();
            look(house.sqlite());
        }
        House.await(vertx.close());
        assertEquals(Set.of("audit", "conversation", "desk_lease", "envelope", "relay", "sqlite_sequence", "wait"), looked);
    }

    /** A third person has answered a call, and is in. */
    private void guest(House house, WebSocketClient client, Visitor visitor, Expert lead) throws Exception {
        Expert guest = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        String call = Peer.id();
        lead.ask(Peer.frame("call").put("conversation", visitor.conversation).put("call", call).put("for", "transfer").put("warm", true));
        look(house.sqlite());
        guest.ask(Peer.frame("answer").put("call", call).put("slot", 1).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE))));
        guest.ack(visitor.conversation, visitor.add().getLong("seq"));
        look(house.sqlite());
    }

    @Test
    @DisplayName("people, passkeys, invitations, sessions, challenges, resets, vaults, statements, the roster")
    void staff(@TempDir Path directory) throws Exception {
        try (StaffWorld world = new StaffWorld(directory)) {
            var administrator = world.first();
            look(world.store);
            String noor = world.invited(administrator, "Noor", "expert").me().getString("id");
            administrator.post("/api/sign-in/options", new JsonObject());
            var coordinator = world.invited(administrator, "Co", "coordinator");
            coordinator.post("/api/duty", new JsonObject().put("available", true));
            coordinator.post("/api/people/reset", new JsonObject().put("id", noor));
            String words = Peer.bytes("words that no page would leave open".getBytes(StandardCharsets.US_ASCII));
            JsonArray lines = new JsonArray().add(new JsonObject().put("line", Peer.id()).put("body", words));
            assertEquals(200, administrator.post("/api/vault/put", new JsonObject().put("item", Peer.id()).put("seen", 0).put("write", Peer.id()).put("body", words).put("lines", lines)).status());
            look(world.store);
        }
        assertTrue(looked.containsAll(Set.of("staff_person", "staff_passkey", "staff_invitation", "staff_session", "staff_challenge", "staff_reset", "vault_item", "vault_line")), looked.toString());
    }

    private void look(SqliteStore store) throws Exception {
        List<String> tables = House.await(store.read(connection -> Sql.list(connection, row -> row.getString(1), "SELECT name FROM sqlite_master WHERE type = 'table'")));
        for (Column column : PolicyTables.read().stored()) {
            for (Object value : tables.contains(column.table()) ? values(store, column) : List.of()) {
                assertTrue(fits(column.form(), value), column.name() + " is no " + column.form());
                looked.add(column.table());
            }
        }
    }

    private static List<Object> values(SqliteStore store, Column column) throws Exception {
        List<Object> values = new ArrayList<>();
        House.await(store.read(connection -> Sql.list(connection, row -> values.add(row.getObject(1)), "SELECT " + column.column() + " FROM " + column.table() + " WHERE " + column.column() + " IS NOT NULL")));
        return values;
    }

    private boolean fits(String form, Object value) {
        return switch (form) {
            case "id" -> value instanceof byte[] bytes && bytes.length == 16;
            case "tag" -> value instanceof byte[] bytes && (bytes.length == 32 || bytes.length == 0);
            case "sealed" -> value instanceof byte[] bytes && bytes.length > 29 && bytes[0] == 1 && looksRandom(bytes);
            case "state" -> value instanceof String text && STATES.contains(text);
            case "day" -> value instanceof Number day && Math.abs(day.longValue() - LocalDate.ofInstant(clock.now(), ZoneOffset.UTC).toEpochDay()) <= 400;
            default -> value instanceof Number number && number.longValue() >= 0 && number.longValue() < NO_TIME;
        };
    }

    /** JSON, base64 and times as text are printable throughout; of random bytes six in ten are not. */
    private static boolean looksRandom(byte[] bytes) {
        int odd = 0;
        for (byte b : bytes) {
            odd += b < 32 || b > 126 ? 1 : 0;
        }
        return odd > bytes.length / 3;
    }
}
