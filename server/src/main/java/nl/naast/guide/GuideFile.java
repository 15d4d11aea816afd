package nl.naast.guide;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the guide (GUIDE of docs/protocol.md §11) and finds every fault in it. */
final class GuideFile {
    private static final List<String> PHASES = List.of("understanding", "explanation", "motivation");
    private static final Set<String> PHRASES = Set.of("limits", "safety-question");
    private static final int LONGEST = 400;
    private static final int MOST = 24;

    private final List<String> faults = new ArrayList<>();

    private GuideFile() {
    }

    /** @throws GuideRefused with every fault: place in the file, what is allowed */
    static JsonObject read(Path file) {
        GuideFile reader = new GuideFile();
        JsonObject guide = reader.parse(file);
        reader.check(guide);
        if (!reader.faults.isEmpty()) {
            throw new GuideRefused(file, reader.faults);
        }
        return guide;
    }

    private JsonObject parse(Path file) {
        try {
            return new JsonObject(Buffer.buffer(Files.readAllBytes(file)));
        } catch (IOException | DecodeException unreadable) {
            throw new GuideRefused(file, List.of("the file: not readable as one JSON object"));
        }
    }

    private void check(JsonObject guide) {
        keys("the file", guide, Set.of("languages"));
        JsonObject languages = object("languages", guide.getValue("languages"));
        if (languages.isEmpty()) {
            faults.add("languages: at least one");
        }
        languages.forEach(language -> language("languages." + language.getKey(), object("languages." + language.getKey(), language.getValue())));
    }

    private void language(String at, JsonObject texts) {
        keys(at, texts, Set.of("phases", "safety", "leftQuickly"));
        List<JsonObject> phases = objects(at + ".phases", texts.getValue("phases"));
        if (!phases.stream().map(phase -> phase.getValue("id")).toList().equals(PHASES)) {
            faults.add(at + ".phases: exactly " + PHASES + " in this order");
        }
        phases.forEach(phase -> phase(at + ".phases." + phase.getValue("id"), phase));
        objects(at + ".safety", texts.getValue("safety")).forEach(item -> safety(at + ".safety." + item.getValue("id"), item));
        texts(at + ".leftQuickly", texts.getValue("leftQuickly"));
    }

    private void phase(String at, JsonObject phase) {
        keys(at, phase, Set.of("id", "name", "aim", "say", "do", "dont"));
        text(at + ".name", phase.getValue("name"));
        text(at + ".aim", phase.getValue("aim"));
        List.of("say", "do", "dont").forEach(list -> texts(at + "." + list, phase.getValue(list)));
    }

    private void safety(String at, JsonObject item) {
        keys(at, item, item.containsKey("phrase") ? Set.of("id", "text", "phrase") : Set.of("id", "text"));
        text(at + ".id", item.getValue("id"));
        text(at + ".text", item.getValue("text"));
        if (item.containsKey("phrase") && !(item.getValue("phrase") instanceof String phrase && PHRASES.contains(phrase))) {
            faults.add(at + ".phrase: one of " + PHRASES.stream().sorted().toList() + ", or absent");
        }
    }

    private void keys(String at, JsonObject object, Set<String> allowed) {
        if (!object.fieldNames().equals(allowed)) {
            faults.add(at + ": exactly the fields " + allowed.stream().sorted().toList());
        }
    }

    private JsonObject object(String at, Object value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        faults.add(at + ": an object");
        return new JsonObject();
    }

    private List<JsonObject> objects(String at, Object value) {
        return value instanceof JsonArray list && !list.isEmpty() && list.size() <= MOST ? list.stream().map(item -> object(at, item)).toList() : none(at, "a list of 1 … " + MOST + " objects");
    }

    private void texts(String at, Object value) {
        if (value instanceof JsonArray list && !list.isEmpty() && list.size() <= MOST) {
            list.forEach(item -> text(at, item));
        } else {
            faults.add(at + ": a list of 1 … " + MOST + " texts");
        }
    }

    private void text(String at, Object value) {
        if (!(value instanceof String text) || text.isBlank() || text.length() > LONGEST) {
            faults.add(at + ": a text of 1 … " + LONGEST + " characters");
        }
    }

    private List<JsonObject> none(String at, String allowed) {
        faults.add(at + ": " + allowed);
        return List.of();
    }
}
