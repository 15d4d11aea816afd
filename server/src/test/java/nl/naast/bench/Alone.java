package nl.naast.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;

/** What is measured of the real server by itself: memory, coming back, starting, disk. */
record Alone(Place place, Load load, Report report) {
    private static final int IDLE = 5_000;
    private static final int FIRST = 200;
    private static final int DROPPED = 2_000;
    private static final int DROPS = 3;
    private static final int STARTS = 5;
    private static final int TALKS = 20;
    private static final int ENVELOPE = 462;
    private static final double DISK_SECONDS = 2;

    /** Before the 5,000 a few come and go, so that what is loaded once is not counted for each. */
    void idle() throws Exception {
        if (openFiles() < IDLE + 1_000) {
            Report.say("idle_kib               NOT RUN: %d open files are allowed here, %d are needed (ulimit -n)", openFiles(), IDLE + 1_000);
            return;
        }
        try (NaastServer server = new NaastServer(place).start()) {
            Crowd first = new Crowd(server, load);
            first.come(FIRST);
            first.drop();
            long before = server.program().memory();
            long asItWas = server.program().resident();
            Crowd crowd = new Crowd(server, load);
            crowd.come(IDLE);
            long full = server.program().resident();
            long after = server.program().memory();
            crowd.drop();
            report.figure("idle_kib", (after - before) / (double) IDLE);
            report.raw("idle", new JsonObject().put("visitors", IDLE).put("rss_kib_before", before).put("rss_kib_after", after).put("rss_kib_after_before_collecting", full).put("rss_kib_before_again", asItWas));
        }
    }

    private static long openFiles() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream().filter(line -> line.startsWith("Max open files")).map(line -> line.split(" {2,}")[1])
            .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft)).findFirst().orElse(0);
    }

    void drop() throws Exception {
        try (NaastServer server = new NaastServer(place).start()) {
            Crowd crowd = new Crowd(server, load);
            crowd.come(DROPPED);
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < DROPS; i++) {
                long at = System.nanoTime();
                crowd.drop();
                crowd.back();
                seconds.add((System.nanoTime() - at) / 1e9);
                load.sleep(2);
            }
            crowd.drop();
            report.figure("back_after_drop_s", Numbers.median(seconds));
            report.raw("drop", raw(DROPPED + " visitors", seconds));
        }
    }

    /** On data that is there; the first start, which makes it, does not count. */
    void start() throws Exception {
        List<Double> seconds = new ArrayList<>();
        try (NaastServer server = new NaastServer(place).start()) {
            for (int i = 0; i < STARTS; i++) {
                server.program().stop();
                long at = System.nanoTime();
                server.launch();
                while (!accepted(server)) {
                    Thread.sleep(2);
                }
                seconds.add((System.nanoTime() - at) / 1e9);
                server.program().line("Desk: ");
            }
        }
        report.figure("cold_start_s", Numbers.median(seconds));
        report.raw("start", raw("process to ready, AOT cache " + place.java().stream().anyMatch(flag -> flag.startsWith("-XX:AOTCache")), seconds));
    }

    private boolean accepted(NaastServer server) throws Exception {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        load.client().connect(server.visitor()).onFailure(refused -> ready.complete(false)).onSuccess(socket -> {
            socket.textMessageHandler(text -> ready.complete(text.startsWith("{\"t\":\"ready\"")));
            socket.writeTextMessage(Talks.hello(Peer.bytes(MlsBytes.random(32))));
        });
        return ready.get(20, TimeUnit.SECONDS);
    }

    /** What lies there because nobody has acknowledged it, after the log was moved into the file: the sweep does that, here every second. */
    void disk() throws Exception {
        try (NaastServer server = new NaastServer(place, Map.of("time.sweep", "1s")).start().talking(load, TALKS)) {
            server.carry(ENVELOPE);
            load.sleep(4);
            long before = size(server.data());
            long messages = load.unacknowledged(server, DISK_SECONDS);
            load.sleep(4);
            double each = (size(server.data()) - before) / (double) messages;
            report.figure("disk_ratio", each / ENVELOPE);
            report.raw("disk", new JsonObject().put("messages", messages).put("bytes_each", Numbers.round(each)).put("envelope", ENVELOPE));
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
        }
    }

    private static JsonObject raw(String what, List<Double> seconds) {
        return new JsonObject().put("what", what).put("seconds", new JsonArray(seconds.stream().map(Numbers::round).toList()));
    }
}
