package nl.naast.support;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nothing listens on. Below those that systems give to outgoing connections: one of these might take a port between its choice and its use. */
public final class Ports {
    private static final int FIRST = 15_000;
    private static final int PAST_LAST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {
    }

    /** @return one that was not given before by this JVM */
    public static int free() {
        for (;;) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, PAST_LAST);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
