package nl.naast.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Where and when it was measured: without that a figure says nothing. */
final class Machine {
    private Machine() {
    }

    static JsonObject about() throws IOException {
        return new JsonObject().put("date", InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).toString()).put("machine", new JsonObject()
            .put("cores", Runtime.getRuntime().availableProcessors()).put("cpu", field("/proc/cpuinfo", "model name")).put("memory", field("/proc/meminfo", "MemTotal"))
            .put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version")).put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"))
            .put("load_before", Files.readString(Path.of("/proc/loadavg")).strip()));
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(name)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
    }
}
