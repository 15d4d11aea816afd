package nl.naast.support;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Hears every command that a store sends and takes down its parts by name: {@code find}, {@code find.limit}, {@code update.updates.q}, {@code filter $lt}, {@code change $set}, and which kinds of index. */
public final class MongoCommands implements CommandListener {
    /** Holds what documents are chosen by. */
    private static final Set<String> FILTERS = Set.of("filter", "query", "q");
    /** Holds what is changed in them. */
    private static final Set<String> CHANGES = Set.of("update", "u");
    /** Holds fields of the protocol, not of our documents. */
    private static final Set<String> OPTIONS = Set.of("updates", "deletes", "indexes", "writeConcern", "readConcern");

    private final Set<String> heard = new ConcurrentSkipListSet<>();
    private final Set<String> collections = new ConcurrentSkipListSet<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        hear(event.getCommand());
    }

    public void hear(BsonDocument command) {
        String name = command.getFirstKey();
        heard.add(name);
        if (command.get(name).isString() && !name.equals("createIndexes")) {
            collections.add(command.getString(name).getValue());
        }
        command.forEach((field, value) -> {
            if (!field.equals(name)) {
                option(name, field, value);
            }
        });
    }

    private void option(String within, String field, BsonValue value) {
        String here = within + "." + field;
        heard.add(here);
        if (FILTERS.contains(field)) {
            operators("filter ", value);
        } else if (CHANGES.contains(field)) {
            change(value);
        } else if (OPTIONS.contains(field)) {
            each(value, (option, inside) -> option(here, option, inside));
        }
    }

    private void change(BsonValue value) {
        if (value.isArray()) {
            heard.add("change by a pipeline");
        } else {
            heard.addAll(value.asDocument().keySet().stream().map(operator -> "change " + operator).toList());
            value.asDocument().values().stream().filter(BsonValue::isDocument).flatMap(fields -> fields.asDocument().keySet().stream()).filter(field -> field.contains("$")).forEach(field -> heard.add("change in " + field));
        }
    }

    private interface Part {
        void part(String name, BsonValue value);
    }

    private static void each(BsonValue value, Part part) {
        switch (value) {
            case BsonArray many -> many.forEach(one -> each(one, part));
            case BsonDocument one -> one.forEach(part::part);
            default -> { }
        }
    }

    private void operators(String kind, BsonValue value) {
        each(value, (name, inside) -> {
            if (name.startsWith("$")) {
                heard.add(kind + name);
            }
            operators(kind, inside);
        });
    }

    /** @return what was heard and does not stand in docs/running.md */
    public Set<String> unlisted(MongoSubset listed) {
        Set<String> rest = heard();
        rest.removeIf(name -> listed.ours().contains(name) || listed.driver().contains(name.split("\\.")[0]) || listed.driver().contains("*" + name.substring(Math.max(0, name.indexOf('.')))));
        return rest;
    }

    /** Of which documents were asked or changed. */
    public Set<String> collections() {
        return new TreeSet<>(collections);
    }

    public Set<String> heard() {
        return new TreeSet<>(heard);
    }
}
