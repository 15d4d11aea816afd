package nl.naast.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** How long the functions and files of Java sources are, read with the compiler's own parser. A line counts whether or not there is code on it. */
final class Sources {
    /** @param lines from the first line of the declaration to the last of its body; methods without a body are none */
    record Function(String name, int lines) {
    }

    record Source(String path, int lines, List<Function> functions) {
    }

    private Sources() {
    }

    static List<Source> under(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Source> read = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
                read.add(of(folder.relativize(file).toString(), Files.readString(file)));
            }
            return read;
        }
    }

    static Source of(String path, String text) throws IOException {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
        List<Function> functions = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            scanner(unit, Trees.instance(task).getSourcePositions(), functions).scan(unit, null);
        }
        return new Source(path, (int) text.lines().count(), functions);
    }

    private static TreeScanner<Void, Void> scanner(CompilationUnitTree unit, SourcePositions positions, List<Function> functions) {
        return new TreeScanner<>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                if (method.getBody() != null) {
                    long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
                    long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
                    functions.add(new Function(method.getName().toString(), (int) (last - first + 1)));
                }
                return super.visitMethod(method, nothing);
            }
        };
    }
}
