package nl.naast.support;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A bounded random run. Its seed is printed; {@code -Dnaast.fuzz.seed=N} repeats it, {@code -Dnaast.fuzz.seconds=N} sets how long it lasts (2 s; with {@code -Dnaast.long=true} 60 s).
 */
public final class Fuzz {
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SECONDS = Long.getLong("naast.fuzz.seconds", Boolean.getBoolean("naast.long") ? 60 : 2);
    private static final byte[] EDGES = {0, 1, 2, 3, 63, 64, 127, -128, -64, -1};

    private Fuzz() {
    }

    /** Does one thing again and again, each time with the random numbers of the next seed. */
    public static void run(String name, Consumer<Random> once) {
        long seed = Long.getLong("naast.fuzz.seed", System.nanoTime());
        System.out.println("fuzz: " + name + ": seed " + seed + ", " + SECONDS + " s");
        long until = System.nanoTime() + SECONDS * 1_000_000_000L;
        long done = 0;
        for (; System.nanoTime() < until; done++) {
            try {
                once.accept(new Random(seed + done));
            } catch (RuntimeException | Error failed) {
                throw new AssertionError(name + ": fails with -Dnaast.fuzz.seed=" + (seed + done), failed);
            }
        }
        System.out.println("fuzz: " + name + ": " + done + " runs");
    }

    /** One of the samples, changed in one to eight places: bits, boundary values, lengths, pieces taken out, doubled or from another sample. */
    public static byte[] mutated(Random random, List<byte[]> samples) {
        byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
        for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
            bytes = changed(random, bytes, samples);
        }
        return bytes;
    }

    private static byte[] changed(Random random, byte[] bytes, List<byte[]> samples) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int length = random.nextInt(1 + Math.min(64, bytes.length - at));
        return switch (random.nextInt(7)) {
            case 0 -> with(bytes, at, (byte) (1 << random.nextInt(8)));
            case 1 -> with(bytes, at, EDGES[random.nextInt(EDGES.length)]);
            case 2 -> with(bytes, Math.min(at, random.nextInt(40)), EDGES[random.nextInt(EDGES.length)]);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            case 5 -> bytes.length > 100_000 ? bytes : joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
            default -> {
                byte[] other = samples.get(random.nextInt(samples.size()));
                yield joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
            }
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        if (bytes.length > 0) {
            bytes[at] ^= value;
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    /**
     * How many bytes of memory this thread takes for one thing, garbage too. Measured once more when it was more than {@code most}: what only its first time costs (a class that is loaded, code that is compiled
     * meanwhile) is not the thing's own; it was seen once in a minute of runs.
     */
    public static long allocated(long most, Runnable what) {
        long taken = allocated(what);
        return taken <= most ? taken : Math.min(taken, allocated(what));
    }

    private static long allocated(Runnable what) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        what.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
