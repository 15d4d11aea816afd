package nl.naast.boot;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.naast.house.Origins;
import nl.naast.support.Browser;
import nl.naast.support.Ports;
import nl.naast.trial.TrialSigner;

/** Several servers on one database, each a process, with one key and one signer, joined for announcements; behind one pair of names, as a proxy would have them. */
final class Fleet implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final List<ServerProcess> processes = new ArrayList<>();
    private final Map<String, String> shared;
    private int asked;

    /** @param mongo address of the database */
    Fleet(Path directory, int size, String mongo, Map<String, String> other) throws Exception {
        List<Integer> ports = IntStream.generate(Ports::free).limit(2L * size).boxed().toList();
        shared = new HashMap<>(other);
        // Nothing listens there: what counts is what a browser calls it.
        shared.putAll(Map.of("mongo.uri", mongo, "visitor.origin", "http://localhost:1", "staff.origin", "http://localhost:2", "cluster.address", LOOPBACK));
        shared.put("cluster.members", IntStream.range(0, size).mapToObj(i -> LOOPBACK + ":" + ports.get(2 * i)).collect(Collectors.joining(", ")));
        TrialSigner signer = ServerProcess.signer(Files.createDirectories(directory.resolve("signer")));
        for (int i = 0; i < size; i++) {
            Map<String, String> settings = new HashMap<>(shared);
            settings.putAll(Map.of("cluster.port", ports.get(2 * i) + "", "cluster.bus.port", ports.get(2 * i + 1) + ""));
            ServerProcess process = new ServerProcess(Files.createDirectories(directory.resolve("process" + i)), settings, signer);
            processes.add(process);
            takeKey(process);
            process.launch();
            if (i == 0) {
                // It makes the key that the others get.
                process.ready();
            }
        }
        for (ServerProcess process : processes) {
            process.ready();
        }
    }

    private void takeKey(ServerProcess process) throws Exception {
        if (process != processes.getFirst()) {
            Files.copy(processes.getFirst().dataDirectory().resolve("naast.key"), Files.createDirectories(process.dataDirectory()).resolve("naast.key"));
        }
    }

    ServerProcess process(int i) {
        return processes.get(i);
    }

    int size() {
        return processes.size();
    }

    /** One of them, by the names that all share. */
    Origins at(int i) {
        return new At(processes.get(i).visitorPort(), processes.get(i).staffPort(), shared.get("visitor.origin"), shared.get("staff.origin"));
    }

    /** The staff's port of another process each time it is asked for, as a proxy chooses. */
    synchronized int anyStaffPort() {
        return processes.get(asked++ % processes.size()).staffPort();
    }

    /** The first person, registered by the invitation of whichever started last: each start replaces the one before. */
    Browser first(HttpClient http) throws Exception {
        for (ServerProcess process : processes) {
            try {
                return new Browser(http, this::anyStaffPort, shared.get("staff.origin")).registered(process.invitation());
            } catch (AssertionError replaced) {
                // Another started after it.
            }
        }
        throw new AssertionError("no invitation stands");
    }

    private record At(int visitorPort, int staffPort, String visitorOrigin, String staffOrigin) implements Origins {
    }

    @Override
    public void close() throws Exception {
        for (ServerProcess process : processes) {
            process.close();
        }
    }
}
