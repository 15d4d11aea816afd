package nl.naast.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The three servers side by side: messages a second, processor time a message, and how long one takes. Rounds are interleaved, so that what else the machine does meets all three. */
final class Messages {
    private static final int PAIRS = 200;
    private static final int SHORT = 462;
    private static final int MIDDLE = 1230;
    private static final int ROUNDS = Integer.getInteger("naast.bench.rounds", 3);
    private static final double WARM = Double.parseDouble(System.getProperty("naast.bench.warm", "20"));
    private static final double SECONDS = Double.parseDouble(System.getProperty("naast.bench.seconds", "6"));
    private static final double SETTLE = 1;
    private static final int A_SECOND = 500;

    private final Place place;
    private final Load load;
    private final Report report;

    Messages(Place place, Load load, Report report) {
        this.place = place;
        this.load = load;
        this.report = report;
    }

    void measure(Bench.Asked asked) throws Exception {
        try (NaastServer naast = new NaastServer(place).start(); RelayServer bare = new RelayServer(place, false); RelayServer log = new RelayServer(place, true)) {
            List<Under> servers = List.of(bare.talking(load, PAIRS), log.talking(load, PAIRS), naast.talking(load, PAIRS));
            for (Under server : servers) {
                server.carry(SHORT);
                load.closedLoop(server, 0, WARM);
            }
            if (asked.wants("messages", "cpu")) {
                closed(servers, SHORT, asked);
                closed(servers, MIDDLE, new Bench.Asked(java.util.Set.of(), null, List.of()));
            }
            if (asked.wants("latency")) {
                latency(servers);
            }
        }
    }

    private void closed(List<Under> servers, int bytes, Bench.Asked asked) throws Exception {
        servers.forEach(server -> server.carry(bytes));
        Map<String, List<Load.Closed>> rounds = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Under server : servers) {
                Load.Closed result = load.closedLoop(server, SETTLE, SECONDS);
                Report.say("%5d bytes  %-16s %8.0f messages/s  %.4f CPU s per 1,000", bytes, server.name(), result.perSecond(), result.cpuPerThousand());
                rounds.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(result);
            }
        }
        JsonObject raw = new JsonObject();
        servers.forEach(server -> raw.put(server.name(), raw(rounds.get(server.name()))));
        report.raw("closed_" + bytes, raw);
        ratios(rounds, asked);
    }

    private void ratios(Map<String, List<Load.Closed>> rounds, Bench.Asked asked) {
        if (asked.wants("messages")) {
            report.figure("messages_ratio", ratio(rounds, "bare relay", Load.Closed::perSecond));
            report.figure("messages_ratio_to_log", ratio(rounds, "relay with a log", Load.Closed::perSecond));
        }
        if (asked.wants("cpu")) {
            report.figure("cpu_ratio", ratio(rounds, "bare relay", Load.Closed::cpuPerThousand));
            report.figure("cpu_ratio_to_log", ratio(rounds, "relay with a log", Load.Closed::cpuPerThousand));
        }
    }

    private static double ratio(Map<String, List<Load.Closed>> rounds, String to, ToDoubleFunction<Load.Closed> what) {
        return median(rounds.get("naast"), what) / median(rounds.get(to), what);
    }

    private static double median(List<Load.Closed> rounds, ToDoubleFunction<Load.Closed> what) {
        return Numbers.median(rounds.stream().mapToDouble(what).boxed().toList());
    }

    private static JsonArray raw(List<Load.Closed> rounds) {
        return new JsonArray(rounds.stream().map(round -> new JsonObject().put("messages", round.messages()).put("seconds", Numbers.round(round.seconds()))
            .put("messages_per_s", Numbers.round(round.perSecond())).put("cpu_s_per_1000", Numbers.round(round.cpuPerThousand()))).toList());
    }

    private void latency(List<Under> servers) throws Exception {
        servers.forEach(server -> server.carry(SHORT));
        Map<String, List<double[]>> rounds = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Under server : servers) {
                double[] ms = Numbers.milliseconds(load.openLoop(server, A_SECOND, SETTLE, SECONDS));
                Report.say("%5d/s      %-16s p50 %.2f  p95 %.2f  p99 %.2f ms", A_SECOND, server.name(), ms[0], ms[1], ms[2]);
                rounds.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(ms);
            }
        }
        report.figure("p50_ratio", percentile(rounds.get("naast"), 0) / percentile(rounds.get("bare relay"), 0));
        report.figure("p99_ms", percentile(rounds.get("naast"), 2));
        JsonObject raw = new JsonObject();
        rounds.forEach((name, each) -> raw.put(name, new JsonArray(each.stream().map(ms -> new JsonObject().put("p50_ms", Numbers.round(ms[0])).put("p95_ms", Numbers.round(ms[1])).put("p99_ms", Numbers.round(ms[2]))).toList())));
        report.raw("latency_at_500", raw);
    }

    private static double percentile(List<double[]> rounds, int which) {
        return Numbers.median(rounds.stream().map(ms -> ms[which]).toList());
    }
}
