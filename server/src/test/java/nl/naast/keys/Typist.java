package nl.naast.keys;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Types what a test told it to, in order, and keeps everything that was shown. */
final class Typist implements Asking {
    final List<String> shown = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();

    Typist will(String... typed) {
        answers.clear();
        answers.addAll(List.of(typed));
        return this;
    }

    boolean isDone() {
        return answers.isEmpty();
    }

    String last() {
        return shown.getLast();
    }

    @Override
    public void say(String line) {
        shown.add(line);
    }

    @Override
    public String line(String prompt) {
        shown.add(prompt);
        return answers.removeFirst();
    }

    @Override
    public char[] secret(String prompt) {
        return line(prompt).toCharArray();
    }
}
