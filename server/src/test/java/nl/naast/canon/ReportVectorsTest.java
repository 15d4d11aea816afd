package nl.naast.canon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reports and answers (docs/formats.md §13), opened by another implementation of HPKE than the pages'; its twin is {@code web-client/test/wire/reports.test.ts}. The server itself opens none. */
class ReportVectorsTest {
    private static final JsonObject VECTORS = load();
    private static final byte[] REPORT_INFO = name("naast/report/v1\0");
    private static final byte[] ANSWER_INFO = name("naast/report-answer/v1\0");
    private static final int POINT = 65;
    private static final int REPORT_BYTES = 8_000;
    private static final int ANSWER_BYTES = 4_096;

    @TestFactory
    Stream<DynamicTest> reports() {
        // seen failing: with the report's id alone as what it belongs to
        return list("reports").map(vector -> DynamicTest.dynamicTest(vector.getString("name"), () -> {
            byte[] said = open("coordinatorKey", hex(vector, "box"), REPORT_INFO, belongs());
            assertArrayEquals(Arrays.copyOf(hex(vector, "bytes"), REPORT_BYTES), said);
        }));
    }

    @TestFactory
    Stream<DynamicTest> answers() {
        return list("answers").map(vector -> DynamicTest.dynamicTest(vector.getString("name"), () -> {
            byte[] plain = open("answerKey", hex(vector, "box"), ANSWER_INFO, hex(VECTORS, "report"));
            assertEquals(ANSWER_BYTES, plain.length);
            ByteBuffer in = ByteBuffer.wrap(plain);
            byte[] text = sized(in);
            byte[] signature = sized(in);
            assertArrayEquals(hex(vector, "text"), text);
            assertTrue(P256.verify(hex(VECTORS, "signatureKey"), concat(ANSWER_INFO, hex(VECTORS, "report"), text), signature));
        }));
    }

    @Test
    @DisplayName("a box opens for its report and its statement only, and with no bit turned over")
    void bound() {
        byte[] box = hex(list("reports").findFirst().orElseThrow(), "box");
        byte[] other = belongs();
        other[other.length - 1] ^= 1;
        assertThrows(InvalidCipherTextException.class, () -> open("coordinatorKey", box, REPORT_INFO, other));
        assertThrows(InvalidCipherTextException.class, () -> open("coordinatorKey", box, ANSWER_INFO, belongs()));
        byte[] changed = box.clone();
        changed[changed.length - 1] ^= 1;
        assertThrows(InvalidCipherTextException.class, () -> open("coordinatorKey", changed, REPORT_INFO, belongs()));
    }

    /** A key: the point, then the scalar. A box: version, encapsulated key, ciphertext. */
    private static byte[] open(String key, byte[] box, byte[] info, byte[] belongs) throws InvalidCipherTextException {
        assertEquals(1, box[0]);
        byte[] saved = hex(VECTORS, key);
        HPKE hpke = new HPKE(HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
        var pair = hpke.deserializePrivateKey(Arrays.copyOfRange(saved, POINT, saved.length), Arrays.copyOf(saved, POINT));
        return hpke.setupBaseR(Arrays.copyOfRange(box, 1, 1 + POINT), pair, info).open(belongs, Arrays.copyOfRange(box, 1 + POINT, box.length));
    }

    private static byte[] belongs() {
        return concat(hex(VECTORS, "report"), hex(VECTORS, "statement"));
    }

    private static byte[] sized(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Stream<JsonObject> list(String key) {
        return VECTORS.getJsonArray(key).stream().map(JsonObject.class::cast);
    }

    private static byte[] hex(JsonObject from, String key) {
        return HexFormat.of().parseHex(from.getString(key));
    }

    private static JsonObject load() {
        try {
            return new JsonObject(Files.readString(Path.of("src/test/resources/wire/reports.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
