package nl.naast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;

/** {@link Relay} in a process of its own, with its pairs connected. */
final class RelayServer implements Under {
    private final String name;
    private final Program program;
    private final int port;
    private final List<Pair> pairs = new ArrayList<>();

    /** @param log whether it stores what it passes on */
    RelayServer(Place place, boolean log) throws Exception {
        name = log ? "relay with a log" : "bare relay";
        Path directory = place.directory(name);
        List<String> rest = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), Relay.class.getName()));
        if (log) {
            rest.add(directory.resolve("frames.log").toString());
        }
        program = new Program(Program.command(place.javaOfRelays(), rest), Map.of(), directory.resolve("said.txt"));
        port = Integer.parseInt(program.line("Port: "));
    }

    /** So many conversations. */
    RelayServer talking(Load load, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            String id = Peer.id();
            pairs.add(new Pair(end(load, "/" + i + "/v", id, ""), end(load, "/" + i + "/e", id, ",\"fence\":1"), 0));
        }
        return this;
    }

    private End end(Load load, String path, String conversation, String fence) throws Exception {
        return new End(Wire.connected(load, Wire.at(port, path)), conversation, fence, Peer.id().substring(0, 12));
    }

    int port() {
        return port;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public List<Pair> pairs() {
        return pairs;
    }

    @Override
    public void carry(int bytes) {
        String body = Peer.bytes(MlsBytes.privateMessage(MlsBytes.random(16), 1, 1, bytes));
        pairs.forEach(pair -> pair.carry(body, body));
    }

    @Override
    public void close() {
        pairs().forEach(Pair::end);
        program.close();
    }
}
