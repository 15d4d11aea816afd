package nl.naast.keys;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The terminal; where there is none, lines of the standard input: for tests. Nothing secret is ever an argument, for those stand in every list of processes. */
final class Terminal implements Asking {
    private final Console console = System.console();
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    @Override
    public void say(String line) {
        System.out.println(line);
    }

    @Override
    public String line(String prompt) {
        return isTerminal() ? present(console.readLine("%s ", prompt)) : next(prompt);
    }

    @Override
    public char[] secret(String prompt) {
        return isTerminal() ? present(console.readPassword("%s ", prompt)) : next(prompt).toCharArray();
    }

    private boolean isTerminal() {
        return console != null && console.isTerminal();
    }

    private String next(String prompt) {
        say(prompt);
        try {
            return present(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T present(T typed) {
        if (typed == null) {
            throw new Refused("Nothing more was typed: nothing was changed.");
        }
        return typed;
    }
}
