package nl.naast.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nl.naast.framing.Framing.Framed;
import nl.naast.house.MlsBytes;
import nl.naast.support.Fuzz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The framing parser, given anything at all")
class FramingFuzzTest {
    /** Bytes of memory for one reading, whatever it is given: a few small objects. */
    private static final long MOST = 1024;

    private static final byte[] GROUP = MlsBytes.random(16);
    private static final List<byte[]> SAMPLES = List.of(MlsBytes.message(GROUP, 1), MlsBytes.commit(GROUP, 1), MlsBytes.add(GROUP, 1), MlsBytes.keyPackage(2), MlsBytes.welcome(2), crowdedWelcome(5000), crowdedKeyPackage(5000));

    /** As many secrets as there is room for: what is made for each would show. */
    private static byte[] crowdedWelcome(int secrets) {
        return new MlsBytes.Out().number(2, 1).number(2, 3).number(2, 2).vector(new byte[3 * secrets]).vector(new byte[0]).bytes();
    }

    private static byte[] crowdedKeyPackage(int certificates) {
        MlsBytes.Out leaf = new MlsBytes.Out().vector(new byte[65]).vector(new byte[65]).number(2, 2).vector(new byte[certificates]);
        for (int list = 0; list < 5; list++) {
            leaf.vector(new byte[0]);
        }
        leaf.number(1, 1).number(8, 0).number(8, 1).vector(new byte[3 * certificates]).vector(new byte[70]);
        return new MlsBytes.Out().number(2, 1).number(2, 5).number(2, 1).number(2, 2).vector(new byte[65]).raw(leaf.bytes()).vector(new byte[0]).vector(new byte[70]).bytes();
    }

    private static void readAll(byte[] bytes) {
        Framing.message(bytes);
        Framing.commit(bytes);
        Framing.add(bytes);
        Framing.isKeyPackage(bytes);
    }

    /** What a class needs when it is first used is not counted. */
    @BeforeEach
    void warm() {
        SAMPLES.forEach(FramingFuzzTest::readAll);
        Fuzz.allocated(0, () -> readAll(SAMPLES.getFirst()));
    }

    @Test
    @DisplayName("the samples are what they are meant to be")
    void samples() {
        assertTrue(Framing.message(SAMPLES.get(0)).isPresent() && Framing.commit(SAMPLES.get(1)).isPresent() && Framing.add(SAMPLES.get(2)).isPresent());
        assertTrue(Framing.isKeyPackage(SAMPLES.get(3)) && Framing.isKeyPackage(SAMPLES.get(6)));
        assertEquals(new MlsMessage.Welcome(2, 5000), MlsMessage.read(new Cursor(SAMPLES.get(5))));
    }

    // seen failing: while each secret of a Welcome was given a cursor of its own (720,168 bytes); with need() not looking at the end (ArrayIndexOutOfBoundsException)
    @Test
    @DisplayName("answers, never throws, and takes less than a kilobyte for each reading")
    void anything() {
        Fuzz.run("framing", random -> {
            byte[] bytes = random.nextInt(20) == 0 ? noise(random) : Fuzz.mutated(random, SAMPLES);
            long taken = Fuzz.allocated(4 * MOST, () -> readAll(bytes));
            assertTrue(taken <= 4 * MOST, () -> taken + " bytes taken for " + bytes.length);
            Framing.commit(bytes).ifPresent(framed -> told(framed, bytes, 3));
            Framing.message(bytes).ifPresent(framed -> told(framed, bytes, 1));
        });
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(20_000)];
        random.nextBytes(noise);
        return noise;
    }

    /** RFC 9420 §6, read again without any parser: version, wire format, group id of 16 bytes, epoch, content type. */
    private static void told(Framed framed, byte[] bytes, int content) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        assertEquals(0x00010002_10L, (in.getInt() & 0xffffffffL) << 8 | in.get());
        assertArrayEquals(Arrays.copyOfRange(bytes, 5, 21), framed.groupId());
        assertEquals(in.getLong(21), framed.epoch());
        assertEquals(content, bytes[29]);
        assertEquals(0, bytes[30]);
    }

    @Test
    @DisplayName("whatever is cut off a right one, or put behind it, is refused")
    void cut() {
        for (byte[] right : List.of(SAMPLES.get(1), SAMPLES.get(2), SAMPLES.get(3))) {
            for (int length = 0; length < right.length; length++) {
                byte[] cut = Arrays.copyOf(right, length);
                assertEquals(Optional.empty(), Framing.commit(cut));
                assertEquals(Optional.empty(), Framing.add(cut));
                assertTrue(!Framing.isKeyPackage(cut));
            }
            byte[] longer = Arrays.copyOf(right, right.length + 1);
            assertTrue(Framing.commit(longer).isEmpty() && Framing.add(longer).isEmpty() && !Framing.isKeyPackage(longer));
        }
    }
}
