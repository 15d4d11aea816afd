package nl.naast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server under measurement: a JVM of its own, what it printed, and what the kernel says it used (Linux's /proc; proc_pid_stat(5)). */
final class Program implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;
    /** USER_HZ, the unit of processor times in /proc: 100 on every Linux that a JDK runs on. */
    private static final double TICKS = 100;

    private final Path said;
    private final Process process;

    /** @param said file that takes what it prints */
    Program(List<String> command, Map<String, String> environment, Path said) throws IOException {
        this.said = said;
        Files.deleteIfExists(said);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Whatever this machine's own server is told: never its database, nor its neighbours.
        for (String others : List.of("NAAST_MONGO_URI", "NAAST_CLUSTER_ADDRESS", "NAAST_CLUSTER_MEMBERS")) {
            builder.environment().put(others, "");
        }
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    /** A command of the launcher's JVM, and what it runs. */
    static List<String> command(List<String> java, List<String> rest) {
        List<String> command = new ArrayList<>(java);
        command.addAll(rest);
        return command;
    }

    /** Waits until a line begins so. @return the rest of the line */
    String line(String beginning) throws Exception {
        for (int i = 0; i < PATIENCE_MS / 5 && process.isAlive(); i++) {
            Optional<String> found = text().lines().filter(line -> line.startsWith(beginning)).findFirst();
            if (found.isPresent() && text().contains(found.get() + "\n")) {
                return found.get().substring(beginning.length());
            }
            Thread.sleep(5);
        }
        throw new IllegalStateException("the server did not say '" + beginning + "' but: " + text());
    }

    private String text() throws IOException {
        return Files.readString(said);
    }

    /** @return seconds of processor time used so far, its own and the kernel's for it */
    double cpu() {
        return cpu(proc("stat"));
    }

    static double cpu(String stat) {
        // The second field is the name, in brackets, and may hold anything; utime and stime are the 14th and 15th.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** @return what of it lies in memory now, in KiB, after a collection of what nobody needs any more */
    long memory() throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        Thread.sleep(1000);
        return resident();
    }

    /** @return KiB, as it is */
    long resident() {
        return proc("status").lines().filter(line -> line.startsWith("VmRSS:")).map(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    private String proc(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException gone) {
            throw new UncheckedIOException("the server is gone", gone);
        }
    }

    /** As Ctrl-C does: what was stored is in the file afterwards, and its log is empty. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still there 30 s after SIGTERM");
        }
    }

    /** A server that is profiled writes what it saw while it ends. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
