package nl.naast.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the servers of one run live.
 *
 * @param java the launcher's JVM with its flags
 */
record Place(Path root, List<String> java) {
    Path directory(String name) throws IOException {
        return Files.createTempDirectory(root, name.replace(' ', '-'));
    }

    /** The AOT cache is of the server's jar, so another program cannot use it; and only the server is ever recorded. */
    List<String> javaOfRelays() {
        return java.stream().filter(flag -> !flag.startsWith("-XX:AOTCache") && !flag.startsWith("-XX:StartFlightRecording")).toList();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
