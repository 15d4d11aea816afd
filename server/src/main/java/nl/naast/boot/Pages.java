package nl.naast.boot;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The built pages of one side, read into memory at start: its documents, and those assets that they name, directly or through another asset. Nothing else can be asked for, so there is no path to climb and no listing;
 * and an asset of the other side does not exist here.
 */
final class Pages {
    /** @param brotli null when the build left none */
    record File(Buffer plain, Buffer brotli, String type) {
    }

    private final Map<String, File> documents = new HashMap<>();
    private final Map<String, File> assets = new HashMap<>();

    private Pages() {
    }

    /** @throws IOException when the side's first document, or an asset, cannot be read */
    static Pages read(Path directory, Side side) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("a"))) {
            for (Path file : files.filter(path -> !path.toString().endsWith(".br")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        Pages pages = new Pages();
        for (Side.Page page : side.pages()) {
            Path html = directory.resolve(page.document());
            if (!page.optional() || Files.exists(html)) {
                pages.documents.put(page.path(), file(html));
                pages.follow(Files.readString(html), texts, directory.resolve("a"));
            }
        }
        return pages;
    }

    private void follow(String text, Map<String, String> texts, Path directory) throws IOException {
        for (var asset : texts.entrySet()) {
            if (text.contains(asset.getKey()) && !assets.containsKey(asset.getKey())) {
                assets.put(asset.getKey(), file(directory.resolve(asset.getKey())));
                follow(asset.getValue(), texts, directory);
            }
        }
    }

    private static File file(Path path) throws IOException {
        Path brotli = path.resolveSibling(path.getFileName() + ".br");
        return new File(Buffer.buffer(Files.readAllBytes(path)), Files.exists(brotli) ? Buffer.buffer(Files.readAllBytes(brotli)) : null, type(path.toString()));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json" -> "application/json";
            default -> "application/octet-stream";
        };
    }

    /** Each by the path where it answers. */
    Map<String, File> documents() {
        return documents;
    }

    Optional<File> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }
}
