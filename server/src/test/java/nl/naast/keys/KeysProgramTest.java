package nl.naast.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.naast.keys.Table.Coordinator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, as the launcher starts it, with its real cost; without a terminal it reads lines. */
class KeysProgramTest {
    private static final String PASSPHRASE = "zaag boom wolk lamp tafel anker stoel";
    @TempDir
    Path home;

    @Test
    @DisplayName("the real program, typed line by line; no passphrase is ever an argument, and none is shown")
    void typed() throws Exception {
        said(0, List.of(PASSPHRASE, PASSPHRASE), "init");
        Coordinator who = Coordinator.called("Zoë");
        said(0, List.of(who.words(), PASSPHRASE), "enroll", new Table(home).bring(who).toString());
        String shown = said(0, List.of(), "show");
        assertTrue(shown.contains("1  Zoë"), shown);
        assertTrue(Files.readString(home.resolve("naast-keys/root.key")).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    }

    @Test
    @DisplayName("where nothing more is typed, nothing is made")
    void nothingTyped() throws Exception {
        assertTrue(said(1, List.of(PASSPHRASE), "init").contains("Nothing more was typed"));
        assertFalse(Files.exists(home.resolve("naast-keys")));
    }

    private String said(int status, List<String> typed, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Dstdout.encoding=UTF-8", "-cp", System.getProperty("java.class.path"), Keys.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
        try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
            for (String line : typed) {
                out.write(line + "\n");
            }
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(status, process.exitValue(), said);
        assertFalse(said.contains(PASSPHRASE));
        return said;
    }
}
