package nl.naast.canon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.stream.Stream;
import nl.naast.words.Words;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Java twin of the web client's tests of signer requests: the same vectors. */
class SignerRequestTest {
    private static final JsonObject VECTORS = load();

    @TestFactory
    Stream<DynamicTest> requests() {
        return list("requests").map(vector -> DynamicTest.dynamicTest(vector.getString("name"), () -> {
            SignerRequest request = SignerRequest.parse(hex(vector, "request"));
            assertEquals(vector.getString("name"), request.name());
            assertArrayEquals(hex(vector, "publicKey"), request.key());
            assertArrayEquals(hex(vector, "request"), request.encode());
            assertEquals(vector.getString("hash"), request.hash().toString());
            assertEquals(vector.getString("nl"), String.join(" ", Words.of(Words.Language.NL).six(request.hash())));
            assertEquals(vector.getString("en"), String.join(" ", Words.of(Words.Language.EN).six(request.hash())));
        }));
    }

    @TestFactory
    Stream<DynamicTest> refused() {
        return list("refused").map(vector -> DynamicTest.dynamicTest(vector.getString("why"), () -> assertThrows(Malformed.class, () -> SignerRequest.parse(hex(vector, "request")))));
    }

    @Test
    @DisplayName("one bit turned over anywhere is refused")
    void flipped() {
        // seen failing: without the verification in SignerRequest
        byte[] good = hex(list("requests").findFirst().orElseThrow(), "request");
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            assertThrows(Malformed.class, () -> SignerRequest.parse(changed), "byte " + at);
        }
    }

    @Test
    @DisplayName("what is made here is read here")
    void made() {
        KeyPair pair = P256.generate();
        SignerRequest request = SignerRequest.make(pair.getPrivate(), P256.point(pair.getPublic()), "Zoë de Vries");
        assertEquals(request.hash(), SignerRequest.parse(request.encode()).hash());
        assertThrows(Malformed.class, () -> SignerRequest.make(pair.getPrivate(), P256.point(pair.getPublic()), "Anna "));
    }

    private static Stream<JsonObject> list(String key) {
        return VECTORS.getJsonArray(key).stream().map(JsonObject.class::cast);
    }

    private static byte[] hex(JsonObject from, String key) {
        return HexFormat.of().parseHex(from.getString(key));
    }

    private static JsonObject load() {
        try {
            return new JsonObject(Files.readString(Path.of("src/test/resources/wire/signer-requests.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
