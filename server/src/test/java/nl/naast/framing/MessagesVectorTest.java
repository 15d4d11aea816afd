package nl.naast.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The MLS working group's {@code messages.json} stays out of this repository: its folder is named by NAAST_MLS_VECTORS. */
@DisplayName("The framing parser is right about each structure of the MLS working group's messages.json")
class MessagesVectorTest {
    private static final String FOLDER = System.getenv("NAAST_MLS_VECTORS");
    /** Not an MLSMessage at all, or one that may not pass. */
    private static final List<String> REFUSED = List.of("mls_group_info", "ratchet_tree", "group_secrets", "add_proposal", "update_proposal", "remove_proposal", "pre_shared_key_proposal", "re_init_proposal",
        "external_init_proposal", "group_context_extensions_proposal", "commit", "public_message_application", "public_message_proposal", "public_message_commit");

    /** Why it cannot run here, or nothing. A folder that is there must hold the file: a lost one is a failure. */
    private static Optional<String> missing(String folder) {
        if (folder == null) {
            return Optional.of("NAAST_MLS_VECTORS is not set");
        }
        return Files.isDirectory(Path.of(folder)) ? Optional.empty() : Optional.of("NAAST_MLS_VECTORS: there is no folder " + folder);
    }

    private static List<JsonObject> entries() throws IOException {
        Optional<String> missing = missing(FOLDER);
        missing.ifPresent(why -> System.out.println("NOT RUN: the framing parser against messages.json: " + why));
        assumeTrue(missing.isEmpty(), () -> "NOT RUN: " + missing.orElseThrow());
        return new JsonArray(Files.readString(Path.of(FOLDER, "messages.json"))).stream().map(JsonObject.class::cast).toList();
    }

    private static byte[] bytes(JsonObject entry, String name) {
        return HexFormat.of().parseHex(entry.getString(name));
    }

    private static Optional<MlsMessage> read(byte[] bytes) {
        try {
            return Optional.of(MlsMessage.read(new Cursor(bytes)));
        } catch (Cursor.Malformed malformed) {
            return Optional.empty();
        }
    }

    // seen failing: with need() not looking at the end; with every other wire format read over as a Welcome
    @Test
    @DisplayName("PrivateMessage, Welcome and KeyPackage are read for what they are, every other structure is refused by all")
    void each() throws IOException {
        for (JsonObject entry : entries()) {
            assertEquals(3 + REFUSED.size(), entry.size(), "a structure that this test does not know: " + entry.fieldNames());
            assertTrue(read(bytes(entry, "mls_welcome")).orElseThrow() instanceof MlsMessage.Welcome welcome && welcome.secrets() > 0);
            assertTrue(read(bytes(entry, "mls_key_package")).orElseThrow() instanceof MlsMessage.KeyPackage);
            privateMessage(bytes(entry, "private_message"));
            for (String name : REFUSED) {
                byte[] bytes = bytes(entry, name);
                assertEquals(Optional.empty(), read(bytes), name);
                assertTrue(Framing.message(bytes).isEmpty() && Framing.commit(bytes).isEmpty() && Framing.add(bytes).isEmpty() && !Framing.isKeyPackage(bytes), name);
            }
        }
    }

    /** Its parts, found again from its end: the ciphertext is the last, and nothing follows. */
    private static void privateMessage(byte[] bytes) {
        MlsMessage.PrivateMessage message = (MlsMessage.PrivateMessage) read(bytes).orElseThrow();
        assertEquals(bytes[29], message.content());
        int parts = List.of(message.authenticatedData(), message.senderData(), message.ciphertext()).stream().mapToInt(length -> length + (length < 64 ? 1 : 2)).sum();
        assertEquals(bytes.length, 30 + parts);
        assertTrue(Framing.message(bytes).isEmpty() && Framing.commit(bytes).isEmpty(), "with authenticated data it may not pass");
    }

    @Test
    @DisplayName("of key packages and Welcomes those of suite 2 alone may pass")
    void suites() throws IOException {
        for (JsonObject entry : entries()) {
            byte[] keyPackage = bytes(entry, "mls_key_package");
            assertEquals((keyPackage[6] << 8 | keyPackage[7]) == 2, Framing.isKeyPackage(keyPackage));
            keyPackage[7] = 2;
            assertTrue(Framing.isKeyPackage(keyPackage));
            keyPackage[7] = 1;
            assertTrue(!Framing.isKeyPackage(keyPackage));
        }
    }
}
